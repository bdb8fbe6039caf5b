"""Named reads about reviews."""

from reviews.selectors.shown import Choice, Review, Shown, shown_reviews

__all__ = ["Choice", "Review", "Shown", "shown_reviews"]
