"""The admin's screen for receptions' devices."""

from typing import Any, ClassVar

import segno
from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from promotions.gate import devices
from promotions.models import GateDevice
from tenancy.links import staff_base_url
from tenancy.models import Property


class DeviceForm(forms.ModelForm[GateDevice]):
    """A name, and the property whose coupons the device may use."""

    property = forms.ModelChoiceField(Property.objects.all(), label=_("Casa"), empty_label=None)

    class Meta:
        model = GateDevice
        fields: ClassVar[list[str]] = ["name", "offline_limit"]


class DeviceCreateView(generic.CreateView):
    """Makes a device, and shows its link, which nobody can see again."""

    def save_instance(self) -> GateDevice:
        data = self.form.cleaned_data
        device, self.secret = devices.invite(
            name=data["name"],
            house=data["property"],
            offline_limit=data["offline_limit"],
            actor=self.request.user,
            at=timezone.now(),
        )
        return device

    def save_action(self) -> HttpResponse:
        """Show the link instead of leading back to the list."""
        link = staff_base_url() + reverse("gate_device", args=[self.secret])
        drawn = segno.make(link, micro=False).svg_inline(scale=6, light="#fff")
        context = {
            **self.get_context_data(),
            "device": self.object,
            "link": link,
            "qr": mark_safe(drawn),  # noqa: S308 (drawn by us of an address of ours)
            "back": reverse(self.index_url_name),
        }
        response = render(self.request, "promotions/gate/link.html", context)
        response.headers["Cache-Control"] = "private, no-store"
        return response


class DeviceRevokeView(generic.DeleteView):
    """Confirmed like a deletion; the row stays, as the ledger names it."""

    page_title = _("Desligar aparelho")
    template_name = "tenancy/confirm.html"
    confirmation_message = _("Desligar o aparelho? Ele deixa de abrir a portaria na mesma hora.")
    confirm_label = _("Sim, desligar")
    success_message = _("Aparelho desligado.")

    def delete_action(self) -> None:
        devices.revoke(device=self.object, actor=self.request.user, at=timezone.now())


def house_name(device: GateDevice) -> str:
    """Return the name of a device's property."""
    found = Property.objects.filter(pk=device.property_id).values_list("name", flat=True)
    return found.first() or "—"


class DeviceViewSet(ModelViewSet):
    """Telephones and tablets that may use coupons."""

    model = GateDevice
    icon = "mobile-alt"
    menu_label = _("Aparelhos da portaria")
    url_prefix = "gate-devices"
    name = "gate_devices"
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display: ClassVar[list[Any]] = [
        "name",
        Column("property", _("Casa"), accessor=house_name),
        "created_at",
        "enrolled_at",
        "seen_at",
        "offline_limit",
        "revoked_at",
    ]
    add_view_class = DeviceCreateView
    delete_view_class = DeviceRevokeView

    def get_form_class(self, for_update: bool = False) -> type[DeviceForm]:
        return DeviceForm
