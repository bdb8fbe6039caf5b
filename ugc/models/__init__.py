"""What guests send, what they agreed to, and what is shown of it."""

from ugc.models.consent import Consent, ConsentText
from ugc.models.outbox import DoomedFile, Letter
from ugc.models.published import GuestPost
from ugc.models.submissions import PartnerLink, Submission, SubmissionPhoto

__all__ = [
    "Consent",
    "ConsentText",
    "DoomedFile",
    "GuestPost",
    "Letter",
    "PartnerLink",
    "Submission",
    "SubmissionPhoto",
]
