"""The demo's guests: what they sent goes the way that guests' photos and words always go."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.utils import timezone

from sites.provisioning.schema import CompanyFile
from tenancy.context import tenant_scope
from tenancy.enums import Role
from tenancy.models import Membership, Property, User
from tenancy.selectors import tenant_id_of
from ugc import services
from ugc.enums import Purpose
from ugc.models import Submission
from ugc.services import Given
from ugc.wording import wording

PICTURES = Path(__file__).resolve().parents[1] / "demo" / "pictures"
LANGUAGE = "pt-br"


def guests_came(files: list[CompanyFile]) -> None:
    """Have guests of each property that shows guests' photos send some, unless they have.

    Two submissions are published, one waits for whoever looks at the queue.
    """
    for file in files:
        with tenant_scope(tenant_id_of(file.company.slug)):
            shown = [each.slug for each in file.properties if each.home.guest_photos]
            for house in Property.objects.filter(slug__in=shown):
                if not Submission.objects.filter(property_id=house.pk).exists():
                    _came(house)


def _came(house: Property) -> None:
    actor = Membership.objects.filter(role=Role.OWNER).select_related("user")[0].user
    *published, _waiting = [_sent(house, given) for given in _givens(house)]
    for submission in published:
        _look(submission, actor)
        services.publish(submission_id=submission.pk, actor=actor, at=timezone.now())


def _givens(house: Property) -> Iterator[Given]:
    pictures = sorted(PICTURES.glob(f"{house.slug}-*.jpg"))
    contents = [path.read_bytes() for path in pictures if "map" not in path.name]
    seen = {
        purpose: wording(purpose, house=house.name, language=LANGUAGE).digest for purpose in Purpose
    }
    month = date(2026, 10, 1)
    yield Given(words="Silêncio de verdade, e café até as dez.", stay_month=month, seen=seen)
    yield Given(photos=contents[:1], words="A luz muda a noite toda.", name="B.", seen=seen)
    yield Given(photos=contents[1:2], words="Voltamos pelo teto.", stay_month=month, seen=seen)


def _sent(house: Property, given: Given) -> Submission:
    submission = services.receive(given=given, house=house, at=timezone.now()).submission
    services.read_photos(submission_id=submission.pk, at=timezone.now())
    return submission


def _look(submission: Submission, actor: User) -> None:
    for photo in submission.photos.all():
        services.mark(
            photo_id=photo.pk,
            regions=[tuple(region) for region in photo.regions],
            description="",
            actor=actor,
            at=timezone.now(),
        )
