"""Another identifier takes one class: here a telephone number, for which all then asks."""

from uuid import UUID, uuid5

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from promotions.enums import CouponKind
from promotions.gate.desk import Said, inquiry_of
from promotions.models import Coupon, CouponUse
from promotions.policies import POLICIES, InvalidIdentifier
from promotions.rules.eligibility import Reason
from promotions.services import Refused, Request, Taken, redeem
from suites.api.calls import offer_of
from tenancy.context import tenant_scope
from tenancy.models import Property
from tests.api.calling import LUA, NOON, fields, get, post, problem
from tests.factories.coupons import PERSONS
from tests.factories.promotions import make_coupon, make_rule
from tests.promotions.guests.conftest import show

pytestmark = pytest.mark.django_db

STAY = {"suite_type": "loft", "period": "2h"}
PHONE, SAME, OTHER = "(11) 98765-4321", "11987654321", "+55 21 99999-0000"
SHORTEST = 10


class PhonePolicy:
    """One person is one telephone number."""

    label = "Telefone"
    known: set[str]

    def __init__(self) -> None:
        self.known = set()

    def field(self) -> forms.Field:
        widget = forms.TextInput({"type": "tel"})
        return forms.CharField(label=self.label, max_length=30, widget=widget)

    def is_valid(self, value: str) -> bool:
        return len(_digits(value)) >= SHORTEST

    def find(self, value: str) -> UUID | None:
        return self.subject(value) if _digits(value) in self.known else None

    def subject(self, value: str) -> UUID:
        if not self.is_valid(value):
            raise InvalidIdentifier
        self.known.add(_digits(value))
        return uuid5(UUID(int=7), _digits(value))


def _digits(value: str) -> str:
    return "".join(each for each in value if each.isdigit())


@pytest.fixture(autouse=True)
def _with_phones(monkeypatch, time_machine):
    monkeypatch.setitem(POLICIES, "telefone", PhonePolicy())
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def house(lua):
    with tenant_scope(lua):
        yield Property.objects.select_related("site").get(slug="lua")


@pytest.fixture
def coupon(house) -> Coupon:
    rule = make_rule("fone", percent=20)
    return make_coupon(
        "telefones", rule, code="FONE20", identifier="telefone", limit_per_identifier=1
    )


def codes_of(answer) -> list[str]:
    return [each["code"] for each in answer.json()["reasons"]]


def validate(**holder: str):
    said = {"code": "fone20", "stay": STAY}
    return post("coupons/validate", {**said, **({"holder": holder} if holder else {})})


def test_a_coupon_asks_for_it_and_for_nothing_else(coupon):
    assert codes_of(validate()) == ["IDENTIFIER_REQUIRED"]
    assert codes_of(validate(cpf=PERSONS[0])) == ["IDENTIFIER_REQUIRED"]
    assert codes_of(validate(telefone="123")) == ["IDENTIFIER_INVALID"]
    assert validate(telefone=PHONE).json()["valid"] is True


def test_each_person_has_as_many_uses_as_the_coupon_says(coupon):
    def reserve(phone: str):
        body = {"code": "fone20", "stay": STAY, "holder": {"telefone": phone}}
        return post("coupons/reservations", body, idempotency_key=f"{phone:x>20}".replace(" ", ""))

    assert reserve(PHONE).status_code == 201
    again = reserve(SAME)
    assert problem(again) == (409, "coupon_refused")
    assert codes_of(again) == ["IDENTIFIER_LIMIT"]
    assert reserve(OTHER).status_code == 201
    assert not [use for use in CouponUse.objects.all() if SAME in repr(vars(use))]


def test_pages_ask_for_it_and_uncover_by_it(house, coupon):
    own = make_coupon(
        "meu", make_rule("meu"), kind=CouponKind.BATCH, code="", identifier="telefone",
        limit_per_identifier=1,
    )  # fmt: skip
    show(own, house)
    page = Client(HTTP_HOST=LUA).get("/").content.decode()

    def reveal(**holder: str):
        return post("coupons/reveal", {"coupon": "meu", "holder": holder})

    def plain(**body: str):
        return Client(HTTP_HOST=LUA).post(reverse("coupon", args=["meu"]), body).content.decode()

    assert '<label for="telefone-meu">Telefone</label>' in page
    assert 'name="telefone"' in page
    assert codes_of(reveal(cpf=PERSONS[0])) == ["IDENTIFIER_REQUIRED"]
    code = reveal(telefone=PHONE).json()["code"]
    assert reveal(telefone=SAME).json()["code"] == code
    assert code in plain(telefone=SAME)
    assert code not in plain(telefone=OTHER)


def test_editors_choose_it_and_the_gate_asks_for_it(lua, house, staff, coupon):
    form = staff(lua, "editor").get(reverse("wagtailsnippets_promotions_coupon:add"))
    gate = staff(lua, "manager").get(reverse("gate"), {"house": "lua"})
    inquiry = inquiry_of(Said("FONE20", "loft", "2h", PHONE), offer_of(house), at=NOON)

    assert '<option value="telefone">Telefone</option>' in form.content.decode()
    assert "CPF ou Telefone de quem usa" in gate.content.decode()
    assert isinstance(redeem(inquiry.ask, Request("a")), Taken)
    again = redeem(inquiry.ask, Request("b"))
    assert isinstance(again, Refused)
    assert [each.reason for each in again.findings] == [Reason.IDENTIFIER_LIMIT]


def test_a_call_says_one_kind_that_is_known(coupon):
    none, two, strange = (
        post("coupons/validate", {"code": "fone20", "holder": holder})
        for holder in ({}, {"cpf": "1", "telefone": "2"}, {"rg": "12345"})
    )

    assert [fields(each) for each in (none, two, strange)] == [
        [("body.holder", "unknown_holder")]
    ] * 3
    assert "12345" not in strange.content.decode()


def test_the_document_names_each_kind():
    schema = get("openapi.json").json()["components"]["schemas"]["HolderIn"]

    assert "cpf" in schema["properties"]
    assert schema["additionalProperties"] is False
