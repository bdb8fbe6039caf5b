"""Pages as they are going to be: previews as of another instant, and links that share them."""
