"""What the page store is measured beside; each is a WSGI application of its own, or a server."""
