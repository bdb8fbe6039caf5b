"""Addresses under /portaria/, of staff hosts alone."""

from django.urls import path

from promotions.gate.views import BookingView, DeviceView, GateView, OfflineView, UndoView

urlpatterns = [
    path("", GateView.as_view(), name="gate"),
    path("aparelho/<slug:secret>/", DeviceView.as_view(), name="gate_device"),
    path("reserva/<uuid:intent_id>/", BookingView.as_view(), name="gate_booking"),
    path("sem-conexao/", OfflineView.as_view(), name="gate_offline"),
    path("desfazer/<uuid:use_id>/", UndoView.as_view(), name="gate_undo"),
]
