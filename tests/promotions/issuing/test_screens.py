"""The admin's screens for codes: who may, what they show, what they make."""

import csv
from datetime import UTC, datetime
from io import StringIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from privacy import epochs, vault
from promotions.enums import CouponKind
from promotions.models import CodeBatch, Coupon, CouponCode
from promotions.services import batches
from promotions.services.batches import Wish
from tenancy.context import tenant_scope
from tenancy.models import AuditEntry
from tests.factories.coupons import PERSONS
from tests.factories.promotions import make_coupon, make_rule

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
COUPON = ["issue", "personal", "import", "export"]


@pytest.fixture(autouse=True)
def _at_noon(time_machine):
    time_machine.move_to(NOW, tick=False)
    epochs.forget()
    yield
    epochs.forget()


@pytest.fixture
def coupon(lua) -> Coupon:
    with tenant_scope(lua):
        rule = make_rule("natal")
        return make_coupon("natal", rule, kind=CouponKind.BATCH, code="", prefix="NATAL")


@pytest.fixture
def batch(lua, coupon) -> CodeBatch:
    with tenant_scope(lua):
        return batches.issue(coupon=coupon, wish=Wish(3, "Rádio"))


def address(name: str, key: object) -> str:
    return reverse(f"coupon_codes{name and '_'}{name}", args=[key])


def codes_in(tenant, **fields: object) -> list[CouponCode]:
    with tenant_scope(tenant):
        return list(CouponCode.objects.filter(**fields).order_by("code"))


def test_editors_write_coupons_and_give_no_codes_away(lua, staff, coupon, batch):
    client = staff(lua, "editor")
    (code, *_rest) = codes_in(lua, batch_id=batch.pk)
    ways = [address("", coupon.pk), *(address(name, coupon.pk) for name in COUPON)]
    ways += [address(name, batch.pk) for name in ("batch", "batch_export", "sheet")]
    ways += [address(name, code.pk) for name in ("svg", "png", "code_disable")]

    assert {client.get(way).status_code for way in ways} == {302}
    assert (
        address("", coupon.pk)
        not in client.get(reverse("wagtailsnippets_promotions_coupon:list")).content.decode()
    )
    client.post(address("issue", coupon.pk), {"count": "5", "label": "x"})
    client.post(address("batch_disable", batch.pk))
    assert len(codes_in(lua, coupon_id=coupon.pk, disabled_at=None)) == 3


def test_the_ways_to_codes_are_on_the_coupon_s_screens(lua, staff, coupon):
    client, way = staff(lua, "manager"), address("", coupon.pk)

    for name, args in (("list", []), ("edit", [coupon.pk])):
        page = client.get(reverse(f"wagtailsnippets_promotions_coupon:{name}", args=args))
        assert way in page.content.decode()


def test_a_manager_makes_a_batch_and_sees_what_became_of_it(lua, staff, coupon):
    client = staff(lua, "manager")
    body = {"count": "4", "label": "Rádio", "tags": "radio", "ends_at": "2026-12-31 23:59"}

    made = client.post(address("issue", coupon.pk), body, follow=True)

    found = codes_in(lua, coupon_id=coupon.pk)
    assert len(found) == 4
    assert {each.ends_at for each in found} == {datetime(2027, 1, 1, 2, 59, tzinfo=UTC)}
    html = made.content.decode()
    assert f"NATAL-{found[0].code[5:9]}" in html
    assert "<dd>4</dd>" in html
    assert "Rádio" in client.get(address("", coupon.pk)).content.decode()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"count": "0"}, "count"),
        ({"count": str(batches.MOST + 1)}, "count"),
        ({"label": ""}, "label"),
        ({"label": "do 529.982.247-25"}, "label"),
        ({"tags": "52998224725"}, "tags"),
        ({"ends_at": "amanhã"}, "ends_at"),
    ],
)
def test_what_makes_no_batch_is_refused_at_its_field(lua, staff, coupon, body, field):
    asked = {"count": "1", "label": "Rádio", **body}

    answer = staff(lua, "manager").post(address("issue", coupon.pk), asked)

    assert set(answer.context["form"].errors) == {field}
    assert codes_in(lua, coupon_id=coupon.pk) == []


def test_a_large_batch_shows_how_far_it_has_come(lua, staff, batch):
    with tenant_scope(lua):
        CodeBatch.objects.filter(pk=batch.pk).update(count=9)

    html = staff(lua, "manager").get(address("batch", batch.pk)).content.decode()

    assert 'max="9" value="3"' in html
    assert "Gerados 3 de 9" in html


def test_a_personal_code_shows_nobody_s_cpf(lua, staff, coupon):
    client = staff(lua, "manager")
    body = {"holder": PERSONS[0], "label": "Aniversário"}

    wrong = client.post(address("personal", coupon.pk), body | {"holder": "529.982.247-26"})
    made = client.post(address("personal", coupon.pk), body, follow=True)

    assert set(wrong.context["form"].errors) == {"holder"}
    assert "529.982.247-26" not in wrong.content.decode()
    assert PERSONS[0] not in made.content.decode()
    (code,) = codes_in(lua, coupon_id=coupon.pk)
    with tenant_scope(lua):
        assert code.subject_id == vault.find_subject(PERSONS[0])


def test_batches_and_codes_are_disabled_after_a_question(lua, staff, batch):
    client = staff(lua, "manager")
    one, *rest = codes_in(lua, batch_id=batch.pk)

    asked = client.get(address("code_disable", one.pk))
    client.post(address("code_disable", one.pk))
    assert "Desativar o código" in asked.content.decode()
    assert [each.disabled_at for each in codes_in(lua, batch_id=batch.pk)].count(None) == 2

    client.post(address("batch_disable", batch.pk))
    assert [each.disabled_at for each in codes_in(lua, batch_id=batch.pk)].count(None) == 0
    html = client.get(address("batch", batch.pk)).content.decode()
    assert html.count("<td>Desativado</td>") == 1 + len(rest)


def test_a_code_is_found_however_it_is_written(lua, staff, coupon, batch):
    (code, *_rest) = codes_in(lua, batch_id=batch.pk)
    client, way = staff(lua, "manager"), address("", coupon.pk)

    found = client.get(way, {"q": f" natal {code.code[5:9]}-{code.code[9:].lower()}"})
    none = client.get(way, {"q": "nenhum"})

    assert address("svg", code.pk) in found.content.decode()
    assert "Nenhum código assim." in none.content.decode()


def test_a_coupon_with_one_code_shows_it_and_makes_none(lua, staff):
    with tenant_scope(lua):
        single = make_coupon("unico", make_rule("unico"), code="UNICO-20")
    client = staff(lua, "manager")
    (code,) = codes_in(lua, coupon_id=single.pk)

    assert address("png", code.pk) in client.get(address("", single.pk)).content.decode()
    assert {client.get(address(name, single.pk)).status_code for name in COUPON} == {404}
    assert client.post(address("code_disable", code.pk)).status_code == 404


# --- files


def test_a_file_is_sent_and_taken(lua, staff, coupon, batch):
    client = staff(lua, "manager")
    sent = client.get(address("export", coupon.pk))
    content = b"".join(sent.streaming_content)

    rows = list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [row["codigo"].replace("-", "") for row in rows] == [
        each.code for each in codes_in(lua, batch_id=batch.pk)
    ]
    assert {row["lote"] for row in rows} == {"Rádio"}
    assert sent.headers["Content-Disposition"] == 'attachment; filename="natal-codigos.csv"'
    with tenant_scope(lua):
        CouponCode.objects.filter(coupon_id=coupon.pk).delete()
        CodeBatch.objects.filter(pk=batch.pk).delete()
    taken = client.post(address("import", coupon.pk), {"file": upload(content)}, follow=True)
    assert "3 códigos importados." in taken.content.decode()
    assert b"".join(client.get(address("export", coupon.pk)).streaming_content) == content
    with tenant_scope(lua):
        assert AuditEntry.objects.get(action="promotions.codes.import").data == {"count": 3}


def test_what_is_wrong_with_a_file_is_told_and_nothing_taken(lua, staff, coupon):
    content = b"codigo;vale_ate\nNATAL-0001;ontem\nNATAL-0002;\n"

    html = (
        staff(lua, "manager")
        .post(address("import", coupon.pk), {"file": upload(content)})
        .content.decode()
    )

    assert "Nada foi importado." in html
    assert "<tr><td>2</td><td>vale_ate</td>" in html
    assert codes_in(lua, coupon_id=coupon.pk) == []


def test_codes_of_another_company_are_neither_seen_nor_imported_over(
    lua, sol, staff, coupon, batch
):
    """The same code may be at both: each company's is its own."""
    content = b"".join(staff(lua, "manager").get(address("export", coupon.pk)).streaming_content)
    before = codes_in(lua)
    with tenant_scope(sol):
        own = make_coupon("natal", make_rule("natal"), kind=CouponKind.BATCH, code="")
    client = staff(sol, "manager")

    elsewhere = client.post(address("import", coupon.pk), {"file": upload(content)})
    taken = client.post(address("import", own.pk), {"file": upload(content)}, follow=True)

    assert elsewhere.status_code == 404
    assert "3 códigos importados." in taken.content.decode()
    assert len(codes_in(sol, coupon_id=own.pk)) == 3
    assert [vars(each) for each in codes_in(lua)] != []
    assert [(each.pk, each.coupon_id) for each in codes_in(lua)] == [
        (each.pk, each.coupon_id) for each in before
    ]


def upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("codigos.csv", content, content_type="text/csv")


# --- QR codes


def test_a_qr_code_is_a_file_of_its_own(lua, staff, batch):
    (code, *_rest) = codes_in(lua, batch_id=batch.pk)
    client = staff(lua, "manager")

    svg, png = (client.get(address(kind, code.pk)) for kind in ("svg", "png"))

    assert svg.content.startswith(b"<?xml")
    assert b"href" not in svg.content
    assert png.content.startswith(b"\x89PNG")
    assert f"NATAL-{code.code[5:9]}" in svg.headers["Content-Disposition"]


def test_sheets_have_what_can_still_be_used(lua, staff, batch):
    one, *rest = codes_in(lua, batch_id=batch.pk)
    with tenant_scope(lua):
        CouponCode.objects.filter(pk=one.pk).update(disabled_at=NOW)

    html = staff(lua, "manager").get(address("sheet", batch.pk)).content.decode()

    assert html.count("<svg") == len(rest)
    assert one.code[-3:] not in html.split("</header>")[1]


def test_what_is_nowhere_is_not_found(lua, staff):
    client = staff(lua, "manager")
    ways = [(name, uuid4()) for name in ("", *COUPON, "batch", "sheet", "svg", "code_disable")]

    assert {client.get(address(name, key)).status_code for name, key in ways} == {404}
