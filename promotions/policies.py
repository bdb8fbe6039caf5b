"""How a coupon tells one person from another: a class for each kind of identifier, by its name.

A policy turns what a person gives into the id of a subject, and keeps nothing itself. Another
identifier takes one class, registered under a name of its own.
"""

from typing import Protocol
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from privacy import cpf, vault
from privacy.cpf import InvalidCpf
from privacy.forms import CpfField


class InvalidIdentifier(ValueError):
    """What was given is no identifier of this kind. It never says what was given."""


class Policy(Protocol):
    """A kind of identifier. Both lookups raise `InvalidIdentifier`."""

    @property
    def label(self) -> Promise | str: ...

    def field(self) -> forms.Field:
        """Return the form's field that asks a person for it."""

    def is_valid(self, value: str) -> bool:
        """Return whether it is written as such identifiers are; ask nobody."""

    def find(self, value: str) -> UUID | None:
        """Return the subject that has this identifier, if it is known; write nothing."""

    def subject(self, value: str) -> UUID:
        """Return the subject that has this identifier, made if need be."""


POLICIES: dict[str, Policy] = {}
"""Kinds of identifiers by their names, which stand in coupons, forms and calls of the API."""


def kinds_text() -> str:
    """Return what people may be asked for, to people: "CPF"."""
    return get_text_list([str(policy.label) for policy in POLICIES.values()], gettext("ou"))


class CpfPolicy:
    """One person is one CPF, which only the vault keeps."""

    label = _("CPF")

    def field(self) -> forms.Field:
        return CpfField()

    @sensitive_variables()
    def is_valid(self, value: str) -> bool:
        try:
            cpf.normalise(value)
        except InvalidCpf:
            return False
        return True

    @sensitive_variables()
    def find(self, value: str) -> UUID | None:
        try:
            return vault.find_subject(value)
        except InvalidCpf:
            raise InvalidIdentifier from None

    @sensitive_variables()
    def subject(self, value: str) -> UUID:
        try:
            return vault.subject_of(value)
        except InvalidCpf:
            raise InvalidIdentifier from None


POLICIES["cpf"] = CpfPolicy()
