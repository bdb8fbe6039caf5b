"""Screens of the admin, and what Google asks for on the platform's host."""
