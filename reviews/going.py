"""What goes with a file of reviews, or with the connection, in words: for those who are asked."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.enums import ON_THE_WAY, Erasure, Source
from reviews.models import Review


def with_reviews(reviews: "QuerySet[Review]") -> list[str]:
    """Return what goes with reviews that are deleted: they, and what the house decided of them."""
    counts = reviews.filter(erasure=Erasure.NONE).aggregate(
        all=Count("pk"),
        hidden=Count("pk", filter=Q(is_hidden=True)),
        featured=Count("pk", filter=Q(is_featured=True)),
        tagged=Count("pk", filter=~Q(tags="")),
    )
    return said(
        (ngettext("%s avaliação", "%s avaliações", counts["all"]), counts["all"]),
        (_("ocultas pela casa: %s"), counts["hidden"]),
        (_("em destaque: %s"), counts["featured"]),
        (_("com etiquetas: %s"), counts["tagged"]),
    )


def with_the_connection() -> list[str]:
    """Return what goes, sooner or later, once nobody may ask Google for the company any more."""
    read = Review.objects.filter(location__source=Source.GOOGLE, erasure=Erasure.NONE)
    counts = read.aggregate(
        all=Count("pk"),
        profiles=Count("location", distinct=True),
        last=Max("content_expires_at"),
        waiting=Count("pk", filter=Q(sending__in=ON_THE_WAY)),
    )
    return [
        *said(
            (_("perfis que deixam de ser lidos: %s"), counts["profiles"]),
            (_("avaliações que saem do site e daqui: %s"), counts["all"]),
        ),
        *until(counts["last"]),
        *said((_("respostas a caminho, que não chegam ao Google: %s"), counts["waiting"])),
    ]


def said(*lines: tuple[str, int]) -> list[str]:
    """Return the lines of which there is something."""
    return [line % number_format(count) for line, count in lines if count]


def until(last: datetime | None) -> Iterable[str]:
    """Return by when the last of them is gone."""
    if last is not None:
        day = date_format(localtime(last), "SHORT_DATE_FORMAT")
        yield _("a última delas sai em %s") % day
