"""QR codes: of one code as a file, of a batch as sheets to print."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from promotions.issuing.screens import BatchScreen, CodeScreen
from promotions.rules.codes import display
from promotions.selectors.codes import codes_of
from promotions.uncovering import qr_image, qr_svg

TYPES = {"svg": "image/svg+xml", "png": "image/png"}
ON_A_SHEET = 24
"""Three by eight on an A4."""
SHEETS = 10


class QrView(CodeScreen):
    """A code as a QR code, which the reception's camera reads: the code itself, and no address."""

    def get(self, request: HttpRequest, *, kind: str, **kwargs: Any) -> HttpResponse:
        """Send the file."""
        response = HttpResponse(qr_image(self.code.code, kind), content_type=TYPES[kind])
        response.headers["Content-Disposition"] = f'attachment; filename="{self.shown}.{kind}"'
        response.headers["Cache-Control"] = "private, no-store"
        return response


class SheetView(BatchScreen):
    """The codes of a batch that can still be used, to print and cut: so many sheets at a time."""

    template_name = "promotions/issuing/sheet.html"
    page_title = gettext_lazy("Imprimir")
    needs_many = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the sheets."""
        codes = codes_of(self.coupon, at=self.at).filter(
            batch_id=self.batch.pk, disabled_at=None, is_used=False
        )
        page = Paginator(codes.order_by("code"), ON_A_SHEET * SHEETS).get_page(
            self.request.GET.get("p")
        )
        tickets = [
            (display(each.code, self.coupon.prefix), mark_safe(qr_svg(each.code)))  # noqa: S308 (drawn by us)
            for each in page.object_list
        ]
        sheets = [tickets[at : at + ON_A_SHEET] for at in range(0, len(tickets), ON_A_SHEET)]
        return {**super().get_context_data(**kwargs), "page": page, "sheets": sheets}
