"""What guests see, looked at from outside: the pages that there are, pictures, measurements."""
