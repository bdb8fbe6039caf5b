"""Infrastructure: what runs Alcova, on one machine and on many."""
