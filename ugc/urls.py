"""Addresses under /_envio/, of guests' hosts."""

from django.urls import path

from ugc.views.guests import challenge, send
from ugc.views.links import partner, receipt

urlpatterns = [
    path("", send, name="ugc_send"),
    path("desafio", challenge, name="ugc_challenge"),
    path("de-voces/<str:secret>", partner, name="ugc_partner"),
    path("<str:secret>", receipt, name="ugc_receipt"),
]
