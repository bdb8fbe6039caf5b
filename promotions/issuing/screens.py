"""What the screens of codes have in common: the coupon, the way to it, and who may see them."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets import Button
from wagtail.permission_policies import ModelPermissionPolicy

from promotions.enums import CouponKind
from promotions.models import CodeBatch, Coupon, CouponCode
from promotions.rules.codes import display

SNIPPETS = "wagtailsnippets_promotions_coupon"


class CodesPermission(PermissionCheckedMixin):
    """Codes are worth money: who may not publish a coupon may not give any away either."""

    permission_policy = ModelPermissionPolicy(CodeBatch)
    permission_required = "view"


def may_see_codes(user: Any) -> bool:
    """Return whether somebody may see codes."""
    return bool(CodesPermission.permission_policy.user_has_permission(user, "view"))


def codes_button(coupon: Coupon) -> Button:
    """Return the way from a coupon to its codes."""
    address = reverse("coupon_codes", args=[coupon.pk])
    return Button(_("Códigos"), url=address, icon_name="key", priority=5)


class CodesScreen(CodesPermission, WagtailAdminTemplateMixin, TemplateView):
    """A screen of one coupon's codes."""

    header_icon = "key"
    page_title = gettext_lazy("Códigos")
    coupon: Coupon
    needs_many: ClassVar[bool] = False
    """Whether the screen is only for coupons with a code for each person."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find what the address names, in the company whose host is asked."""
        super().setup(request, *args, **kwargs)
        self.at = timezone.now()
        coupons = Coupon.objects.filter(kind=CouponKind.BATCH) if self.needs_many else Coupon
        self.coupon = get_object_or_404(coupons, pk=self.find_coupon_id(**kwargs))

    def find_coupon_id(self, *, coupon_id: UUID, **kwargs: Any) -> UUID:
        """Return the id of the coupon of what the address names."""
        return coupon_id

    @property
    def codes_url(self) -> str:
        return reverse("coupon_codes", args=[self.coupon.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way from the list of coupons."""
        here = [
            {"url": reverse(f"{SNIPPETS}:list"), "label": _("Cupons")},
            {"url": reverse(f"{SNIPPETS}:edit", args=[self.coupon.pk]), "label": str(self.coupon)},
            {"url": self.codes_url, "label": _("Códigos")},
        ]
        title = str(self.get_page_title())
        if title != str(CodesScreen.page_title):
            here.append({"url": "", "label": title})
        return [*super().get_breadcrumbs_items(), *here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the coupon, and what the person may do."""
        may = {
            name: self.permission_policy.user_has_permission(self.request.user, name)
            for name in ("add", "change")
        }
        own = {"coupon": self.coupon, "codes_url": self.codes_url, "may": may}
        return {**super().get_context_data(**kwargs), **own}


class BatchScreen(CodesScreen):
    """A screen of a batch."""

    batch: CodeBatch

    def find_coupon_id(self, *, batch_id: UUID, **kwargs: Any) -> UUID:  # type: ignore[override]  # its address names another thing
        self.batch = get_object_or_404(CodeBatch, pk=batch_id)
        return self.batch.coupon_id

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the batch."""
        return {**super().get_context_data(**kwargs), "batch": self.batch}


class CodeScreen(CodesScreen):
    """A screen of one code."""

    code: CouponCode

    def find_coupon_id(self, *, code_id: UUID, **kwargs: Any) -> UUID:  # type: ignore[override]  # its address names another thing
        self.code = get_object_or_404(CouponCode, pk=code_id)
        return self.code.coupon_id

    @property
    def shown(self) -> str:
        """The code as people read it."""
        return display(self.code.code, self.coupon.prefix)
