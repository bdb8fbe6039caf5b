"""Everything that writes reviews, and what is known of where they come from."""
