"""From a file that describes a motel company to an installation in which it exists."""
