"""What happened: the event vocabulary, and its way to GA4."""
