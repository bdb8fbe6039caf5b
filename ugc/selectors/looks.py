"""What guests would see of a submission, as one short word: whoever decides says what they saw."""

import hashlib
import json

from ugc.models import Submission
from ugc.selectors.queue import fit_photos


def look_of(submission: Submission) -> str:
    """Return what changes with anything that a publication would show."""
    seen = {
        "words": submission.words,
        "name": submission.name,
        "month": str(submission.stay_month),
        "photos": [
            [str(photo.pk), photo.previews, photo.description] for photo in fit_photos(submission)
        ],
    }
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()
