"""The screens of those who look at what guests send: the queue, and one submission."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.permission_policies import ModelPermissionPolicy

from privacy.keys import KeeperError
from privacy.sealing import Tampered
from tenancy.models import Property, User
from tenancy.screens import Screen
from ugc import services
from ugc.enums import MODERATORS_REFUSALS, Refusal, SubmissionStatus
from ugc.files import TooLate
from ugc.forms import MarkForm
from ugc.imaging import Broken
from ugc.models import Submission, SubmissionPhoto
from ugc.rules.publishing import Obstacle, obstacles
from ugc.selectors.consents import receipts
from ugc.selectors.looks import look_of
from ugc.selectors.queue import facts_of, fit_photos, submissions
from ugc.services import Impossible
from ugc.services.deciding import UNLOCK
from ugc.signing import ORIGINAL, PREVIEW, token_for
from ugc.views.guests import no_store

OBSTACLES = {
    Obstacle.NOT_QUEUED: gettext_lazy("Não está à espera de moderação."),
    Obstacle.NOTHING: gettext_lazy("Não há nada a publicar."),
    Obstacle.UNREAD: gettext_lazy("Uma foto ainda está sendo lida."),
    Obstacle.UNMARKED: gettext_lazy("Falta conferir o que é desfocado em cada foto."),
    Obstacle.NO_CONSENT: gettext_lazy("Falta uma autorização de quem enviou."),
    Obstacle.CHANGED: gettext_lazy("Mudou desde que a página foi aberta: veja de novo."),
    Obstacle.PARTNER: gettext_lazy("Falta o sim da outra pessoa que aparece."),
}
LISTED = (
    SubmissionStatus.PUBLISHED,
    SubmissionStatus.REFUSED,
    SubmissionStatus.LOCKED,
    SubmissionStatus.WITHDRAWN,
)


class ModerationView(Screen):
    """A screen for those who look at what guests send."""

    permission_policy = ModelPermissionPolicy(Submission)
    permission_required = "change"
    header_icon = "image"


class QueueView(ModerationView):
    """What waits, those first that waited longest."""

    page_title = gettext_lazy("Envios de hóspedes")
    template_name = "ugc/queue.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the submissions of the status that is asked for."""
        asked = self.request.GET.get("status", "")
        status = asked if asked in SubmissionStatus.values else ""
        return {
            **super().get_context_data(**kwargs),
            "entries": submissions(status=status),
            "status": status,
            "statuses": [(each.value, each.label) for each in LISTED],
        }


class SubmissionView(ModerationView):
    """One submission: originals beside what would be shown, and what can be done with it."""

    page_title = gettext_lazy("Envio de hóspede")
    template_name = "ugc/submission.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return no_store(super().dispatch(request, *args, **kwargs))  # type: ignore[arg-type]  # ours

    @property
    def submission(self) -> Submission:
        """The submission of the address; what is locked is for those who handle that."""
        found: Submission | None = Submission.objects.filter(
            pk=self.kwargs["submission_id"]
        ).first()
        if found is None or not may_see(self.request.user, found):
            raise Http404
        return found

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *way, here = super().get_breadcrumbs_items()
        return [*way, _queue_crumb(), here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the submission, its photos by addresses that die soon, and what may be done."""
        submission = self.submission
        house = Property.objects.filter(pk=submission.property_id).first()
        return {
            **super().get_context_data(**kwargs),
            "submission": submission,
            "look": look_of(submission),
            "house": house,
            "photos": [_shown(photo) for photo in fit_photos(submission)],
            "unfit": submission.photos.filter(problem__gt="").order_by("position"),
            "partner": submission.partners.first(),
            "consents": receipts(submission.pk),
            "obstacles": [OBSTACLES[each] for each in obstacles(facts_of(submission))],
            "reasons": [(each.value, each.label) for each in MODERATORS_REFUSALS],
        }

    def post(self, request: HttpRequest, submission_id: UUID) -> HttpResponse:
        """Do what was chosen, and show what came of it."""
        act = ACTS.get(request.POST.get("act", ""))
        submission = self.submission
        if act is None:
            raise Http404
        place = ""
        try:
            said = act(request, submission)
        except Impossible as impossible:
            reasons = [str(OBSTACLES[each]) for each in impossible.obstacles]
            messages.error(request, " ".join(reasons) or _("Isto não pode ser feito agora."))
        except (KeeperError, Tampered, Broken, OSError, TooLate):
            messages.error(request, _("Não deu certo agora. Tente de novo daqui a pouco."))
        else:
            messages.success(request, said)
            place = _next_place(submission) if act is _mark else ""
        return HttpResponseRedirect(_after(request, submission) + place)


def may_see(user: Any, submission: Submission) -> bool:
    """Say whether somebody who moderates may see this one."""
    return submission.status != SubmissionStatus.LOCKED or bool(user.has_perm(UNLOCK))


def _after(request: HttpRequest, submission: Submission) -> str:
    submission.refresh_from_db()
    if may_see(request.user, submission):
        return reverse("ugc_submission", args=[submission.pk])
    return reverse("ugc_queue")


def _next_place(submission: Submission) -> str:
    """Return where on the page the next photo begins that nobody has looked at, or what follows."""
    photos = enumerate(fit_photos(submission), start=1)
    number = next((number for number, photo in photos if photo.marked_at is None), None)
    return f"#foto-{number}" if number else "#decidir"


def _queue_crumb() -> dict[str, Any]:
    return {"url": reverse("ugc_queue"), "label": str(QueueView.page_title)}


def _shown(photo: SubmissionPhoto) -> dict[str, Any]:
    def address(which: str) -> str:
        return reverse("ugc_photo", args=[token_for(photo.pk, which)])

    return {
        "photo": photo,
        "original": address(ORIGINAL) if photo.original and photo.width else "",
        "preview": address(PREVIEW) if photo.previews else "",
        "rows": [*photo.regions, *([["", "", "", ""]] * 3)],
    }


def _who(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 (the permission was asked)
    return request.user


def _mark(request: HttpRequest, submission: Submission) -> str:
    form = MarkForm(request.POST)
    if not form.is_valid():
        raise Impossible
    photo_id = form.cleaned_data["photo"]
    if not submission.photos.filter(pk=photo_id).exists():
        raise Impossible
    done = services.mark(
        photo_id=photo_id,
        regions=form.regions(request.POST),
        description=form.cleaned_data["description"],
        actor=_who(request),
        at=timezone.now(),
    )
    if not done:
        raise Impossible
    return _("Conferida: confira como ficou.")


def _publish(request: HttpRequest, submission: Submission) -> str:
    services.publish(
        submission_id=submission.pk,
        actor=_who(request),
        at=timezone.now(),
        seen=request.POST.get("seen", ""),
    )
    return _("Publicado. As fotos originais foram apagadas.")


def _refuse(request: HttpRequest, submission: Submission) -> str:
    reason = request.POST.get("reason", "")
    if submission.status == SubmissionStatus.LOCKED:
        reason = Refusal.MINOR  # who unlocks may erase as well, for this reason alone
    elif reason not in MODERATORS_REFUSALS:
        raise Impossible
    services.refuse(
        submission_id=submission.pk,
        reason=Refusal(reason),
        actor=_who(request),
        at=timezone.now(),
    )
    return _("Recusado. O conteúdo foi apagado, e quem enviou é avisado do motivo.")


def _escalate(request: HttpRequest, submission: Submission) -> str:
    services.escalate(submission_id=submission.pk, actor=_who(request), at=timezone.now())
    return _("Trancado. Quem responde pela empresa foi avisado, e ninguém mais o vê.")


def _unlock(request: HttpRequest, submission: Submission) -> str:
    services.unlock(submission_id=submission.pk, actor=_who(request), at=timezone.now())
    return _("Destrancado: está de novo à espera de moderação.")


def _erase(request: HttpRequest, submission: Submission) -> str:
    if not services.erase(submission_id=submission.pk, at=timezone.now()):
        raise Impossible
    return _("Retirado a pedido. O conteúdo foi apagado.")


ACTS: dict[str, Callable[[HttpRequest, Submission], str]] = {
    "mark": _mark,
    "publish": _publish,
    "refuse": _refuse,
    "escalate": _escalate,
    "unlock": _unlock,
    "erase": _erase,
}
