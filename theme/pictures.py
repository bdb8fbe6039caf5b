"""In which widths and formats pages show a picture. See docs/adr/0025."""

WIDTHS = (480, 800, 1200, 1800)
FORMATS = ("avif", "webp")
SPECS = tuple(f"width-{width}|format-{kind}" for kind in FORMATS for width in WIDTHS)
