"""Decisions about colours, on plain values: contrast as WCAG 2.2 measures it."""

TEXT_CONTRAST = 4.5
"""What WCAG 2.2 AA asks of text of any size."""

DARK_INK = "#17111a"
LIGHT_INK = "#ffffff"


def contrast(one: str, other: str) -> float:
    """Return the ratio of two colours, written #rrggbb: from 1 (equal) to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def weakest_contrast(colour: str, grounds: tuple[str, ...]) -> float:
    """Return the ratio of a colour with the ground on which it is least legible."""
    return min(contrast(colour, ground) for ground in grounds)


def ink_on(colour: str) -> str:
    """Return what is legible on a colour: dark or light ink. One of them always is."""
    return max((DARK_INK, LIGHT_INK), key=lambda ink: contrast(ink, colour))


def _luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
