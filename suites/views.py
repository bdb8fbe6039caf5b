"""Wagtail's screens for what is not a page, with words that fit names of either gender.

Its Portuguese ones take every name for a masculine one: “O permanência não pôde ser criado”.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.snippets.views import snippets


class SavingWords:
    """What is said after saving, and when nothing was saved."""

    object: Any
    error_message = gettext_lazy("Nada foi salvo: corrija os campos indicados.")

    def get_success_message(self, instance: Any = None) -> str:
        return _("Salvo: %s.") % (instance or self.object)


class CreateView(SavingWords, snippets.CreateView):
    pass


class CopyView(SavingWords, snippets.CopyView):
    pass


class EditView(SavingWords, snippets.EditView):
    pass


class DeleteView(snippets.DeleteView):
    """Asks, and says what was deleted, by its name alone."""

    @property
    def confirmation_message(self) -> str:
        return _("Apagar para sempre: %s?") % self.object

    def get_success_message(self) -> str:
        return _("Apagado: %s.") % self.object
