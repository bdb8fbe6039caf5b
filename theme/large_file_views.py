"""The screen from which a browser sends a video to the bucket."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.documents.forms import BaseDocumentForm, get_document_multi_form
from wagtail.permissions import policy_registry

from tenancy.storage import NotNow
from theme import large_files
from theme.documents import BadDocument
from theme.models import SiteDocument
from theme.previews.views import StaffRequest

MOST_DIGITS = 16
"""Of a size: nobody sends petabytes."""


def may_send(user: Any) -> bool:
    """Say whether somebody may send videos here at all."""
    policy = policy_registry.get_by_type(SiteDocument)
    return large_files.is_offered() and policy.user_has_permission(user, "add")


class SendingView(View):
    """Only where there is a bucket, and for those who may add documents."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not large_files.is_offered():
            raise Http404
        if not may_send(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class LargeFileView(SendingView):
    """GET shows the form; POST makes a document of what has been sent."""

    http_method_names = ("get", "post")

    def get(self, request: StaffRequest) -> HttpResponse:
        return screen(request, form_of(request))

    def post(self, request: StaffRequest) -> HttpResponse:
        form, token = form_of(request), request.POST.get("token", "")
        if not form.is_valid():
            return screen(request, form, token=token)
        try:
            large_files.finish(form, token=token, user=request.user)
        except BadDocument as error:
            return screen(request, form, problem=" ".join(error.messages))
        except NotNow:
            problem = _("O vídeo chegou, mas não pôde ser guardado: tente de novo daqui a pouco.")
            return screen(request, form, token=token, problem=problem)
        messages.success(request, _("O vídeo “%s” foi recebido.") % form.instance.title)
        return redirect("wagtaildocs:index")


class LargeFileFormView(SendingView):
    """POST says which file somebody is about to send; the answer is what to send it with."""

    http_method_names = ("post",)

    def post(self, request: StaffRequest) -> HttpResponse:
        size = request.POST.get("size", "")
        try:
            answer = large_files.begin(
                file_name=request.POST.get("name", ""),
                size=int(size) if size.isdecimal() and len(size) < MOST_DIGITS else 0,
                user=request.user,
            )
        except BadDocument as error:
            return JsonResponse({"error": " ".join(error.messages)}, status=400)
        response = JsonResponse(answer)
        response.headers["Cache-Control"] = "private, no-store"
        return response


def form_of(request: StaffRequest) -> BaseDocumentForm:
    """Return the fields of a document without its file."""
    form = get_document_multi_form(SiteDocument)
    return form(request.POST or None, user=request.user, instance=SiteDocument())


def screen(
    request: StaffRequest, form: BaseDocumentForm, *, token: str = "", problem: str = ""
) -> HttpResponse:
    """Show the form; with the token of a video that was sent, that one needs not be sent again."""
    sent = large_files.name_of(token, request.user)
    context = {"form": form, "problem": problem, "sent": sent, "token": token if sent else ""}
    return render(request, "theme/large_file.html", context)
