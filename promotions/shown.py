"""What blocks show of promotions and coupons: plain values, which templates read."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class PromotionCard:
    """A promotion as a list shows it."""

    title: str
    text: str
    url: str
    image: Any = None


@dataclass(frozen=True)
class CouponOffer:
    """A coupon in words, in one language: what it gives, and each of its terms.

    `asks_for` is the registered name of what a person is asked for first, "" for nothing.
    """

    slug: str
    gives: str
    terms: tuple[str, ...] = ()
    asks_for: str = ""

    def words(self) -> dict[str, Any]:
        """Return what is kept of what was said."""
        said = asdict(self)
        return {"gives": said["gives"], "terms": list(said["terms"])}
