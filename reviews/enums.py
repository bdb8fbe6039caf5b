"""Choices of the review models, and their named groups."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Source(TextChoices):
    """Where reviews come from; what is of one is never counted with the other."""

    GOOGLE = "google", "Google"
    FILE = "file", _("Arquivo da casa")


class ConnectionState(TextChoices):
    """Whether a company's reviews can be asked for."""

    CONNECTED = "connected", _("Conectada")
    EXPIRED = "expired", _("Precisa ser reconectada")
    REFUSED = "refused", _("Recusada pelo Google")


ASKABLE = (ConnectionState.CONNECTED, ConnectionState.REFUSED)
"""A refusal may end without us: it is asked about once a day."""


class LocationState(TextChoices):
    """Whether a location's reviews can be had."""

    FINE = "fine", _("Em dia")
    REFUSED = "refused", _("Recusado pelo Google")
    LOST = "lost", _("Não encontrado no Google")


class Refusal(TextChoices):
    """Why Google will not, as an editor reads it."""

    NONE = "", "—"
    DISABLED = (
        "disabled",
        _("O acesso da plataforma à API do Google está desligado; avise quem a opera."),
    )
    UNVERIFIED = (
        "unverified",
        _("O perfil ainda não foi verificado no Google: verifique-o em business.google.com."),
    )
    FORBIDDEN = (
        "forbidden",
        _("A conta que autorizou não tem acesso: reconecte com a que administra o perfil."),
    )
    MISSING = "missing", _("O perfil não está mais nas contas autorizadas.")


class RunKind(TextChoices):
    """How much of a location is read."""

    NEWEST = "newest", _("As mais recentes")
    SWEEP = "sweep", _("Todas")


class RunState(TextChoices):
    """How far a reading is."""

    READING = "reading", _("Lendo")
    CONFIRMING = "confirming", _("Conferindo")
    CHECKING = "checking", _("Procurando as que sumiram")
    DONE = "done", _("Concluída")
    BROKEN_OFF = "broken_off", _("Interrompida")


OPEN_RUNS = (RunState.READING, RunState.CONFIRMING, RunState.CHECKING)


class Erasure(TextChoices):
    """Why a review's text and name are no longer kept."""

    NONE = "", "—"
    GONE = "gone", _("Apagada no Google")
    EXPIRED = "expired", _("Prazo de guarda vencido")
    ASKED = "asked", _("A pedido de quem a escreveu")


class Stars(IntegerChoices):
    """What a guest gave; a word that is none of these is kept, and not shown."""

    UNKNOWN = 0, _("Desconhecida")
    ONE = 1, "1 ★"
    TWO = 2, "2 ★"
    THREE = 3, "3 ★"
    FOUR = 4, "4 ★"
    FIVE = 5, "5 ★"


class Sending(TextChoices):
    """How far the house's reply is on its way to Google."""

    NONE = "", "—"
    QUEUED = "queued", _("Na fila para o Google")
    WITHDRAWING = "withdrawing", _("Sendo retirada do Google")
    WAITING = "waiting", _("O Google está analisando")
    PUBLISHED = "published", _("Publicada no Google")
    REJECTED = "rejected", _("Rejeitada pelo Google")
    REPLACED = "replaced", _("No Google há outra resposta")
    ABSENT = "absent", _("Não está no Google")
    FAILED = "failed", _("Não concluída no Google")


class Problem(TextChoices):
    """Why a reply does not arrive, where Google has no word for it, as an editor reads it."""

    GONE = "gone", _("a avaliação não está mais no Google")
    TEXT = "text", _("o Google não aceitou o texto")
    LATE = "late", _("uma semana de tentativas não bastou: publique de novo para tentar outra vez")
    OLDER = "older", _("o Google mostrava palavras antigas da casa; as novas foram reenviadas")
    BACK = "back", _("palavras retiradas voltaram ao Google, e foram retiradas de novo; confira")


PUT_RIGHT = (Problem.OLDER, Problem.BACK)
"""What was mended; it is said as long as the house writes nothing else."""

TRIED = (Sending.QUEUED, Sending.WITHDRAWING)
ON_THE_WAY = (*TRIED, Sending.WAITING)
