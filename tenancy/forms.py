"""Forms of the staff's account screens."""

from typing import Any

from wagtail.admin.forms.auth import PasswordResetForm as WagtailPasswordResetForm

from tenancy.links import staff_base_url


class PasswordResetForm(WagtailPasswordResetForm):
    """Resets passwords of the tenant's members, with links to the tenant's own host."""

    def save(self, *args: Any, **kwargs: Any) -> None:
        context = {**(kwargs.pop("extra_email_context", None) or {}), "base_url": staff_base_url()}
        super().save(*args, extra_email_context=context, **kwargs)
