"""From a file that describes a company to an installation in which it exists."""
