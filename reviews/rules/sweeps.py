"""What a reading of all reviews proves about those that it did not find."""

ABSENCES = 2
"""Complete sweeps in a row that must not have found a review before it counts as gone."""


def is_complete(*, seen: int, total: int | None, churn: int, unreadable: int) -> bool:
    """Say whether a sweep has seen everything, as far as Google's own count tells.

    `churn` is by how much the count moved while pages were read. Without a count nothing is known.
    """
    return total is not None and not unreadable and abs(total - seen) <= churn
