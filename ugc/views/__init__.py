"""Pages of guests and of moderators."""
