"""Who may be asked for reviews, of which houses, what was read, and what guests see of it."""

from reviews.models.connections import Connection, HostPause, SeenNotification
from reviews.models.locations import ImportRun, Location
from reviews.models.replies import Reply, ReplyTemplate
from reviews.models.reviews import Review, ReviewSummary

__all__ = [
    "Connection",
    "HostPause",
    "ImportRun",
    "Location",
    "Reply",
    "ReplyTemplate",
    "Review",
    "ReviewSummary",
    "SeenNotification",
]
