"""Codes in files: one to take along, one that is brought."""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.utils.translation import gettext_lazy, ngettext

from promotions.codefiles.lines import COLUMNS, LONGEST, SHORTEST
from promotions.codefiles.reading import MOST_LINES, Wrong, read_file
from promotions.forms import zone_of_company
from promotions.issuing.forms import FileForm
from promotions.issuing.screens import BatchScreen, CodesScreen
from promotions.models import CodeBatch
from promotions.services import codefiles

EXPORT_TYPE = "text/csv; charset=utf-8"


class ExportView(CodesScreen):
    """A file with a coupon's codes, or a batch's; it is written while it is sent."""

    needs_many = True
    batch: CodeBatch | None = None

    def get(self, request: HttpRequest, **kwargs: Any) -> StreamingHttpResponse:  # type: ignore[override]  # no template
        """Send the file."""
        lines = codefiles.export(
            coupon=self.coupon,
            batch=self.batch,
            zone=ZoneInfo(zone_of_company()),
            actor=request.user,  # type: ignore[arg-type]  # signed in
        )
        response = StreamingHttpResponse(lines, content_type=EXPORT_TYPE)
        response.headers["Content-Disposition"] = (
            f'attachment; filename="{self.coupon.slug}-codigos.csv"'
        )
        response.headers["Cache-Control"] = "private, no-store"
        return response


class BatchExportView(BatchScreen, ExportView):
    """A file with a batch's codes."""

    batch: CodeBatch


class ImportView(CodesScreen):
    """Takes all codes of a file, or says what is wrong with it, line by line."""

    template_name = "promotions/issuing/import.html"
    permission_required = "add"
    page_title = gettext_lazy("Importar códigos")
    needs_many = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form, and what a file may hold."""
        known = {"form": FileForm(), "wrong": [], "columns": COLUMNS, "most": MOST_LINES}
        known |= {"shortest": SHORTEST, "longest": LONGEST}
        return {**known, **super().get_context_data(**kwargs)}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take the file, or show what is wrong with it."""
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        wrong = self.bring(form.cleaned_data["file"].read())
        if wrong:
            return self.render_to_response(self.get_context_data(form=form, wrong=wrong))
        return HttpResponseRedirect(self.codes_url)

    def bring(self, content: bytes) -> list[Wrong]:
        """Keep the file's codes, or return what is wrong with it."""
        found = read_file(content, ZoneInfo(zone_of_company()))
        try:
            count = codefiles.bring(coupon=self.coupon, found=found, actor=self.request.user)  # type: ignore[arg-type]  # signed in
        except codefiles.Refused as refused:
            return refused.wrong
        said = ngettext("%d código importado.", "%d códigos importados.", count)
        messages.success(self.request, said % count)
        return []
