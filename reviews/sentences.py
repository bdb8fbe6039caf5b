"""What a page declares of the reviews that it shows: which, of how many, from where."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.enums import Source
from reviews.selectors import Shown

FIVE = 5


def declaration(shown: Shown) -> str:
    """Return which reviews a page shows, and what all of them come to."""
    which = selection(shown)
    if shown.average is None or not shown.total:
        return f"{which}."
    average = number_format(round(shown.average, 1), 1)  # by itself it cuts digits off
    whole = ngettext(
        "média de %(count)s avaliação: %(average)s",
        "média de %(count)s avaliações: %(average)s",
        shown.total,
    ) % {"count": number_format(shown.total), "average": average}
    return f"{which}; {whole}."


def selection(shown: Shown) -> str:
    """Return which reviews are shown, whatever else there is."""
    least, is_featured = shown.choice.least_stars, shown.choice.is_featured
    if least >= FIVE:
        stars = _("de 5 estrelas")
    elif least == FIVE - 1:
        stars = _("de 4 e 5 estrelas")
    elif least > 1:
        stars = _("de %(least)s a 5 estrelas") % {"least": least}
    else:
        stars = ""
    first = _("Mostrando avaliações escolhidas pela casa") if is_featured else ""
    first = first or (_("Mostrando avaliações") if stars else _("Mostrando avaliações recentes"))
    which = " ".join(filter(None, [first, stars, _("com texto")]))
    return _("%s, menos as que a casa ocultou") % which if shown.has_hidden else which


def source_name(source: Source) -> str:
    """Return where the reviews come from, as guests read it."""
    if source == Source.GOOGLE:
        return "Google"
    return _("avaliações enviadas pela própria casa")
