"""Reviews from a file, for houses without a connection: taken as a whole, or not at all."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reviews import going
from reviews.enums import Erasure, Source
from reviews.models import Location
from reviews.policies import reviews_policy
from reviews.rules import files
from reviews.rules.files import BadLine
from reviews.services import filing
from reviews.services.filing import WouldDelete
from tenancy.models import Property
from tenancy.screens import Screen

WRONG = {
    "": gettext_lazy("Linha %(line)s: o arquivo não é um CSV que se possa ler, ou é longo demais."),
    "date": gettext_lazy("Linha %(line)s: falta “data” (31/12/2026), ou ela ainda não chegou."),
    "stars": gettext_lazy("Linha %(line)s: falta “nota”, de 1 a 5."),
    "text": gettext_lazy("Linha %(line)s: falta “texto”, ou ele é longo demais."),
    "author": gettext_lazy("Linha %(line)s: “autor” é longo demais."),
    "answer": gettext_lazy("Linha %(line)s: “resposta” é longa demais."),
    "id": gettext_lazy("Linha %(line)s: “id” é longo demais."),
    files.REVIEW: gettext_lazy("Linha %(line)s: não há nenhuma avaliação no arquivo."),
}


class FileForm(forms.Form):
    """A house and its file."""

    house = forms.ModelChoiceField(Property.objects.none(), label=gettext_lazy("Casa"))
    file = forms.FileField(
        label=gettext_lazy("Arquivo"),
        required=False,
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    may_delete = forms.BooleanField(
        label=gettext_lazy("Apagar as avaliações que não estão neste arquivo"), required=False
    )
    listed = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["house"].queryset = Property.objects.order_by("name")  # type: ignore[attr-defined]

    def ask(self, error: WouldDelete) -> None:
        """Say what would go, and ask for a yes to just that."""
        given = {name: value for name, value in self.data.items() if name != "may_delete"}
        self.data = given | {"listed": error.mark}
        said = _("O arquivo não tem tudo o que há hoje. Seria apagado: %s.")
        self.add_error("may_delete", said % "; ".join(going.with_reviews(error.reviews)))

    def filed(self) -> list[files.Filed] | None:
        """Return what the file says, None if the form says what is wrong."""
        file = self.cleaned_data["file"]
        if file is None or file.size > files.MOST_BYTES:
            self.add_error("file", _("Escolha um arquivo CSV, de até 2 MB."))
            return None
        try:
            return files.read(file.read(), today=timezone.localdate())
        except BadLine as error:
            self.add_error("file", WRONG[error.column] % {"line": error.line})
            return None


class FileView(Screen):
    """The houses' files, and the form by which another takes a file's place."""

    permission_policy = reviews_policy
    permission_required = "change"
    page_title = gettext_lazy("Avaliações de um arquivo")
    header_icon = "doc-full"
    template_name = "reviews/files.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form, and the files that there are."""
        said = Count("reviews", filter=Q(reviews__erasure=Erasure.NONE))
        there = Location.objects.filter(source=Source.FILE, property_id__isnull=False)
        return {
            "form": FileForm(),
            "files": there.annotate(count=said).filter(count__gt=0).order_by("title", "pk"),
            "columns": ["data", "nota", "texto", "autor", "resposta", "id"],
            "most": files.MOST_LINES,
            **super().get_context_data(**kwargs),
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take the file, or show what is wrong."""
        form = FileForm(request.POST, request.FILES)
        filed = form.filed() if form.is_valid() else None
        try:
            if filed is not None:
                self.take(form.cleaned_data, filed)
                return HttpResponseRedirect(reverse("reviews_files"))
        except WouldDelete as error:
            form.ask(error)
        return self.render_to_response(self.get_context_data(form=form))

    def take(self, given: dict[str, Any], filed: list[files.Filed]) -> None:
        """Take what the file says, and say what became of it; raise `WouldDelete`."""
        taken = filing.take(
            house=given["house"],
            filed=filed,
            at=timezone.now(),
            may_go=given["listed"] if given["may_delete"] else "",
            actor=self.request.user,  # type: ignore[arg-type]  # signed in
        )
        said = _("Arquivo lido: %(new)s novas, %(kept)s já conhecidas, %(gone)s apagadas.")
        counts = {"new": taken.new, "kept": taken.kept, "gone": taken.gone}
        messages.success(self.request, said % counts)
