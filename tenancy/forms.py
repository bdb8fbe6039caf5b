"""Forms of the account screens, of the owner's corner, and of those who are invited."""

from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordMixin
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm
from wagtail.admin.forms.auth import PasswordResetForm as WagtailPasswordResetForm

from tenancy.enums import TENANT_ROLES
from tenancy.links import staff_base_url
from tenancy.models import User


class LoginForm(WagtailLoginForm):
    """Wagtail's, which has no label for the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Senha")


class PasswordResetForm(WagtailPasswordResetForm):
    """Resets passwords of the tenant's members, with links to the tenant's own host."""

    def save(self, *args: Any, **kwargs: Any) -> None:
        context = {**(kwargs.pop("extra_email_context", None) or {}), "base_url": staff_base_url()}
        super().save(*args, extra_email_context=context, **kwargs)


class RoleForm(WagtailAdminModelForm):
    """Offers the roles that a tenant has: the platform's operators are not its to make."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.choices = [(each.value, each.label) for each in TENANT_ROLES]


class ConfirmForm(forms.Form):
    """A yes: whoever has a password keeps their name and it."""


class ChooseForm(SetPasswordMixin, forms.Form):  # type: ignore[type-arg]  # generic in stubs only
    """A yes with a name and a password, of somebody who has none yet."""

    name = forms.CharField(label=_("Seu nome"), max_length=150)
    password1, password2 = SetPasswordMixin.create_password_fields(
        label1=_("Senha"), label2=_("A mesma senha, de novo")
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        self.validate_passwords()
        person = User(email=self.email, first_name=self.cleaned_data.get("name", ""))
        self.validate_password_for_user(person, "password1")
        return dict(super().clean() or {})
