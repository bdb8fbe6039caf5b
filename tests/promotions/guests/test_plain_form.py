"""Uncovering a code without a script, and what of it stands on the page."""

import re

import pytest
from django.test import Client

from promotions.models import CouponCode, OfferSnapshot
from tests.api.calling import LUA, SOL
from tests.factories.coupons import PERSONS

pytestmark = pytest.mark.django_db


def get(path: str = "/") -> str:
    response = Client(HTTP_HOST=LUA).get(path)
    assert response.status_code == 200
    assert not response.cookies
    return response.content.decode()


def send(slug: str, host: str = LUA, language: str = "", **more: str):
    headers = {name.replace("_", "-"): value for name, value in more.items() if name != "cpf"}
    body = {"cpf": more["cpf"]} if "cpf" in more else {}
    return Client(HTTP_HOST=host).post(f"{language}/_cupom/{slug}", body, headers=headers)


def test_the_page_says_the_offer_and_nothing_of_a_code(motel, shared, own):
    html = get()

    assert "20% de desconto" in html
    assert 'data-coupon="brinde"' in html
    assert "BRINDE-20" not in html
    assert "BRINDE20" not in html
    assert "csrf" not in html.lower()
    assert str(shared.pk) not in html
    assert 'action="/_cupom/brinde"' in html


def test_a_plain_form_gets_the_code_with_its_qr_and_no_cookie(shared):
    response = send("brinde")

    html = response.content.decode()
    assert response.status_code == 200
    assert "BRINDE-20" in html
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in html
    assert "no-store" in response.headers["Cache-Control"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert not response.cookies
    assert OfferSnapshot.objects.count() == 1


def test_a_person_is_asked_for_and_what_they_write_does_not_come_back(personal):
    asked, wrong = send("velas"), send("velas", cpf="123.456.789-00")
    given = send("velas", cpf=PERSONS[0])

    assert 'name="cpf"' in asked.content.decode()
    assert "123.456.789-00" not in wrong.content.decode()
    code = CouponCode.objects.get(coupon_id=personal.pk)
    assert re.sub("-", "", code.code) in re.sub("-", "", given.content.decode())
    assert PERSONS[0] not in given.content.decode()


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site", "origin": "null"},
        {"sec_fetch_site": "same-site"},
        {"origin": "https://outro.example"},
    ],
)
def test_forms_of_other_sites_get_nothing(shared, headers):
    response = send("brinde", **headers)

    assert response.status_code == 403
    assert "BRINDE-20" not in response.content.decode()
    assert not OfferSnapshot.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "same-origin", "origin": "null"},
        {"origin": "null"},
        {"origin": f"http://{LUA}"},
    ],
)
def test_forms_of_our_own_pages_are_answered(shared, headers):
    assert "BRINDE-20" in send("brinde", **headers).content.decode()


def test_tries_are_counted(shared):
    statuses = [send("brinde").status_code for _try in range(61)]

    assert statuses == [200] * 60 + [429]


def test_a_coupon_of_another_company_is_not_found(shared, sol):
    assert send("brinde", host=SOL).status_code == 404
    assert send("nada").status_code == 404


def test_the_address_alone_leads_home(shared):
    response = Client(HTTP_HOST=LUA).get("/_cupom/brinde")

    assert (response.status_code, response.headers["Location"]) == (302, "/")


def test_guests_see_no_block_of_a_coupon_that_cannot_be_had(motel, shared):
    shared.unpublish()

    assert "coupon-reveal" not in get()
