"""Batches of codes: what became of them, making new ones, refusing some from now on."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from privacy import vault
from privacy.keys import KeeperError
from promotions.enums import CouponKind
from promotions.issuing.forms import CodesForm, IssueForm, PersonalForm
from promotions.issuing.screens import BatchScreen, CodeScreen, CodesScreen
from promotions.models import CouponCode
from promotions.policies import InvalidIdentifier
from promotions.rules.codes import display, normalise
from promotions.selectors.codes import batch_line, batch_lines, codes_of
from promotions.services import batches

ON_A_PAGE = 50


def shown(codes: "QuerySet[CouponCode]", prefix: str, page: Any) -> "Page[Any]":
    """Return a page of codes, each as people read it."""
    found: Page[Any] = Paginator(codes.order_by("code"), ON_A_PAGE).get_page(page)
    for code in found.object_list:
        code.shown = display(code.code, prefix)
    return found


class CodesView(CodesScreen):
    """A coupon's batches with their counts, and its codes by what they begin with."""

    template_name = "promotions/issuing/codes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the batches and the codes that are looked for."""
        has_many = self.coupon.kind == CouponKind.BATCH
        query = self.request.GET.get("q", "")[:64].replace("\0", "")
        codes = codes_of(self.coupon, at=self.at)
        if has_many:
            codes = codes.filter(code__contains=normalise(query)) if query else codes.none()
        return {
            **super().get_context_data(**kwargs),
            "has_many": has_many,
            "query": query,
            "lines": batch_lines(self.coupon, at=self.at) if has_many else [],
            "codes": shown(codes, self.coupon.prefix, self.request.GET.get("p")),
        }


class BatchView(BatchScreen):
    """The codes of a batch, and how far their making has come."""

    template_name = "promotions/issuing/batch.html"

    def get_page_title(self) -> str:
        return str(self.batch)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the batch's counts and its codes."""
        codes = codes_of(self.coupon, at=self.at).filter(batch_id=self.batch.pk)
        return {
            **super().get_context_data(**kwargs),
            "line": batch_line(self.batch, self.coupon, at=self.at),
            "codes": shown(codes, self.coupon.prefix, self.request.GET.get("p")),
        }


class MakingView(CodesScreen):
    """A form by which codes are made."""

    template_name = "promotions/issuing/form.html"
    permission_required = "add"
    needs_many = True
    form_class: type[CodesForm]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form."""
        form = kwargs.pop("form", None) or self.form_class(coupon=self.coupon)
        return {**super().get_context_data(**kwargs), "form": form, "media": form.media}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Make what is wished for and lead to it, or show the form again."""
        form = self.form_class(request.POST, coupon=self.coupon)
        made = self.make(form) if form.is_valid() else None
        if made is None:
            messages.error(request, _("Nada foi salvo: corrija os campos indicados."))
            return self.render_to_response(self.get_context_data(form=form))
        return HttpResponseRedirect(reverse("coupon_codes_batch", args=[made]))

    def make(self, form: Any) -> Any:
        """Return the id of the batch that was made; None, with an error in the form, for none."""
        raise NotImplementedError


class IssueView(MakingView):
    """Makes a batch."""

    page_title = gettext_lazy("Gerar códigos")
    form_class = IssueForm

    def make(self, form: IssueForm) -> Any:
        wish = form.wish()
        batch = batches.order(coupon=self.coupon, wish=wish, actor=self.request.user)  # type: ignore[arg-type]  # signed in
        if wish.count > batches.AT_ONCE:
            messages.info(self.request, _("Os códigos estão sendo gerados: veja aqui até onde."))
        else:
            said = ngettext("%d código gerado.", "%d códigos gerados.", wish.count)
            messages.success(self.request, said % wish.count)
        return batch.pk


@method_decorator(sensitive_post_parameters("holder"), name="dispatch")
class PersonalView(MakingView):
    """Makes a code for somebody."""

    page_title = gettext_lazy("Código pessoal")
    form_class = PersonalForm

    @sensitive_variables()
    def make(self, form: PersonalForm) -> Any:
        try:
            code = batches.issue_personal(
                coupon=self.coupon,
                holder=form.cleaned_data["holder"],
                wish=form.wish(),
                actor=self.request.user,  # type: ignore[arg-type]  # signed in
            )
        except InvalidIdentifier:
            form.add_error("holder", _("A identificação não confere."))
        except (vault.Contended, KeeperError):
            form.add_error(None, _("Não deu certo agora, e nada foi gerado. Tente de novo."))
        else:
            messages.success(self.request, _("Código gerado: só esta pessoa pode usá-lo."))
            return code.batch_id
        return None


class DisableView(CodesScreen):
    """Asks, then refuses codes from now on."""

    template_name = "promotions/issuing/confirm.html"
    permission_required = "change"
    page_title = gettext_lazy("Desativar")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the question."""
        own = {"asked": self.asked(), "back": self.back()}
        return {**super().get_context_data(**kwargs), **own}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do it, and lead back."""
        self.disable(request.user)
        messages.success(request, _("Desativado."))
        return HttpResponseRedirect(self.back())

    def asked(self) -> str:
        raise NotImplementedError

    def back(self) -> str:
        return self.codes_url

    def disable(self, actor: Any) -> None:
        raise NotImplementedError


class DisableBatchView(DisableView, BatchScreen):
    """Refuses a batch."""

    def asked(self) -> str:
        said = _("Desativar todos os códigos de “%s”? Quem os tem não poderá mais usá-los.")
        return said % self.batch

    def back(self) -> str:
        return reverse("coupon_codes_batch", args=[self.batch.pk])

    def disable(self, actor: Any) -> None:
        batches.disable(self.batch, at=self.at, actor=actor)


class DisableCodeView(DisableView, CodeScreen):
    """Refuses one code."""

    needs_many = True

    def asked(self) -> str:
        return _("Desativar o código %s? Quem o tem não poderá mais usá-lo.") % self.shown

    def back(self) -> str:
        batch_id = self.code.batch_id
        return reverse("coupon_codes_batch", args=[batch_id]) if batch_id else self.codes_url

    def disable(self, actor: Any) -> None:
        batches.disable_code(self.code, at=self.at, actor=actor)
