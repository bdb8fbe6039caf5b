"""Named reads about reviews."""

from reviews.selectors.shown import Review, published_reviews

__all__ = ["Review", "published_reviews"]
