"""Choices of what guests send, and their named groups."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SubmissionStatus(TextChoices):
    """Where a submission stands."""

    RECEIVED = "received", _("Recebido")
    QUEUED = "queued", _("À espera de moderação")
    PUBLISHED = "published", _("Publicado")
    REFUSED = "refused", _("Recusado")
    LOCKED = "locked", _("Trancado")
    WITHDRAWN = "withdrawn", _("Retirado")


MOVES: dict[str, frozenset[str]] = {
    SubmissionStatus.RECEIVED: frozenset(
        {SubmissionStatus.QUEUED, SubmissionStatus.REFUSED, SubmissionStatus.WITHDRAWN}
    ),
    SubmissionStatus.QUEUED: frozenset(
        {
            SubmissionStatus.PUBLISHED,
            SubmissionStatus.REFUSED,
            SubmissionStatus.LOCKED,
            SubmissionStatus.WITHDRAWN,
        }
    ),
    SubmissionStatus.PUBLISHED: frozenset(
        {
            SubmissionStatus.QUEUED,
            SubmissionStatus.REFUSED,
            SubmissionStatus.LOCKED,
            SubmissionStatus.WITHDRAWN,
        }
    ),
    SubmissionStatus.LOCKED: frozenset({SubmissionStatus.QUEUED, SubmissionStatus.REFUSED}),
    SubmissionStatus.REFUSED: frozenset({SubmissionStatus.WITHDRAWN}),
    SubmissionStatus.WITHDRAWN: frozenset(),
}
"""What may follow. Of what is locked, a guest cannot take evidence away."""

CHANGEABLE = frozenset(
    {SubmissionStatus.RECEIVED, SubmissionStatus.QUEUED, SubmissionStatus.PUBLISHED}
)
"""What its guest may still change."""


class PhotoState(TextChoices):
    """What has become of a photo that was sent."""

    RECEIVED = "received", _("Recebida")
    READY = "ready", _("Pronta")
    UNFIT = "unfit", _("Não serve")


class Problem(TextChoices):
    """Why a file is no photo of ours. The labels are for whoever sent it."""

    UNKNOWN = "unknown", _("Este arquivo não é uma foto: envie JPEG, PNG ou WebP.")
    HEIC = "heic", _("Fotos HEIC não são aceitas: envie como JPEG (no iPhone, “Mais compatível”).")
    SVG = "svg", _("Desenhos SVG não são aceitos: envie uma foto.")
    ANIMATED = "animated", _("Imagens animadas não são aceitas: envie uma foto parada.")
    HEAVY = "heavy", _("A foto tem mais de 10 MB.")
    LARGE = "large", _("A foto tem mais de 50 milhões de pixels.")
    DAMAGED = "damaged", _("A foto está danificada.")
    BUSY = "busy", _("A foto deu trabalho demais para abrir: salve-a de novo, como JPEG.")


class Company(TextChoices):
    """Who is in the photos, as the guest says."""

    NOBODY = "nobody", _("Ninguém")
    ME = "me", _("Só eu")
    US = "us", _("Eu e outra pessoa")


class Refusal(TextChoices):
    """Why a submission is not published. The labels are for the guest."""

    UNFIT = "unfit", _("As fotos não puderam ser abertas.")
    EXPLICIT = "explicit", _("É íntimo demais para um site aberto.")
    PEOPLE = "people", _("Dá para reconhecer alguém que não consentiu.")
    PARTNER = "partner", _("A outra pessoa não consentiu.")
    OFFENSIVE = "offensive", _("Ofende alguém, ou é contra a lei.")
    ELSEWHERE = "elsewhere", _("Não foi feito nesta casa.")
    ADVERTISING = "advertising", _("É propaganda.")
    MINOR = "minor", _("Não pode ser publicado.")
    UNSEEN = "unseen", _("Ninguém da casa olhou a tempo.")


MODERATORS_REFUSALS = (
    Refusal.EXPLICIT,
    Refusal.PEOPLE,
    Refusal.OFFENSIVE,
    Refusal.ELSEWHERE,
    Refusal.ADVERTISING,
)
"""What a moderator may choose; the others follow from what has happened."""


class Purpose(TextChoices):
    """What a person agrees to, each in a box of its own."""

    PHOTOS = "photos", _("Publicar as fotos")
    WORDS = "words", _("Publicar as palavras")
    ADULTS = "adults", _("Todos são adultos")
    MAIL = "mail", _("Receber avisos por e-mail")
    PARTNER = "partner", _("Aparecer nas fotos")


class Party(TextChoices):
    """Who agrees."""

    GUEST = "guest", _("Quem enviou")
    PARTNER = "partner", _("A outra pessoa")


class Channel(TextChoices):
    """How a person said so."""

    FORM = "form", _("Formulário do site")
    LINK = "link", _("Link pessoal")
    REQUEST = "request", _("Pedido à casa")


class LetterKind(TextChoices):
    """What a guest is written."""

    RECEIPT = "receipt", _("Recibo")
    PUBLISHED = "published", _("Publicado")
    REFUSED = "refused", _("Recusado")
    ERASED = "erased", _("Apagado")
    ESCALATED = "escalated", _("Menor na foto")
