"""What guests say on Google, imported."""
