"""What was used without a network is counted once, or kept as a conflict; never one too many."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from promotions.enums import OfflineState
from promotions.models import Coupon, CouponUse, GateDevice, OfflineUse
from promotions.selectors.coupons import grants
from promotions.services.revealing import Revealed
from promotions.services.signing import opened, signed
from tenancy.context import tenant_scope
from tenancy.models import Property
from tests.factories.coupons import make_coupon, make_rule
from tests.promotions.gate.test_gate import GATE, said, text_of, use, uses
from tests.promotions.spending.counting import mistakes

pytestmark = pytest.mark.django_db

WHERE = "/portaria/sem-conexao/"


@pytest.fixture
def coupon(lua) -> Coupon:
    """Return a coupon that takes R$ 10 off, once, with a network or without."""
    with tenant_scope(lua):
        return make_coupon(make_rule(), "NOITE10", limit=1, works_offline=True)


def token_of(tenant, coupon, *, slug="lua", ends_at=None):
    with tenant_scope(tenant):
        grant = grants([coupon.pk])[coupon.pk]
        house = Property.objects.get(slug=slug)
        return signed(grant, Revealed(coupon.code, ends_at), house, "R$ 10 de desconto")


@pytest.fixture
def token(lua, coupon):
    return token_of(lua, coupon)


def report(token, key=None, age=timedelta(minutes=5), **more):
    at = (timezone.now() - age).isoformat()
    made = {"key": str(key or uuid4()), "token": token, "suite": "loft", "stay": "2h", "at": at}
    return made | more


def send(browser, *reports, path=WHERE):
    body = json.dumps({"uses": reports})
    return browser.post(path, body, content_type="application/json")


def states(response):
    assert response.status_code == 200, response.content
    return [each["state"] for each in response.json()["uses"]]


def conflicts(lua):
    with tenant_scope(lua):
        return list(OfflineUse.objects.filter(state="conflict").values_list("reasons", flat=True))


def facts(browser):
    html = browser.get("/portaria/").content.decode()
    return json.loads(html.partition('id="offline" type="application/json">')[2].split("<")[0])


def test_a_token_is_of_the_company_that_signed_it(lua, sol, token):
    with tenant_scope(lua):
        assert opened(token).code == "NOITE10"
        assert opened(token[:-4] + "AAAA") is None
        assert opened(token[:12] + "B" + token[13:]) is None
    with tenant_scope(sol):
        assert opened(token) is None


def test_a_coupon_that_counts_people_or_does_not_allow_it_is_never_signed(lua, coupon):
    with tenant_scope(lua):
        Coupon.objects.update(works_offline=False)
    assert token_of(lua, coupon) is None
    with tenant_scope(lua):
        Coupon.objects.update(works_offline=True, identifier="cpf", limit_per_identifier=1)
    assert token_of(lua, coupon) is None


def test_a_signed_code_is_looked_at_and_used_like_any_other(device, lua, token):
    _row, browser = device()
    assert "Vale. Ainda não foi usado." in text_of(browser.post("/portaria/", said(token)))
    assert "Usado." in text_of(browser.post("/portaria/", use(token)))
    assert uses(lua) == ["spent"]


def test_a_device_is_told_what_it_may_and_by_which_keys(device, lua, token, staff):
    row, browser = device()
    known = facts(browser)
    assert known["left"] == row.offline_limit == 5
    assert list(known["keys"]) == ["1"]
    with tenant_scope(lua):
        GateDevice.objects.update(offline_limit=0)
    assert (facts(browser)["left"], facts(browser)["keys"]) == (0, {})
    assert facts(staff(lua, "manager"))["left"] == 0


def test_a_use_is_counted_once_however_often_it_is_told(device, lua, coupon, token):
    _row, browser = device()
    made = report(token)
    for _turn in range(2):
        response = send(browser, made)
        assert states(response) == ["spent"]
        assert response.json()["left"] == 4
    with tenant_scope(lua):
        one, line = CouponUse.objects.get(), OfflineUse.objects.get()
    assert (line.use_id, line.state) == (one.pk, OfflineState.SPENT)
    assert one.created_at == line.used_at


def test_a_use_that_is_one_too_many_is_a_conflict_and_no_use(device, lua, coupon, token):
    _row, browser = device()
    assert states(send(browser, report(token), report(token))) == ["spent", "conflict"]
    again = report(token)
    assert states(send(browser, again)) == states(send(browser, again)) == ["conflict"]

    assert uses(lua) == ["spent"]
    assert conflicts(lua) == [["GLOBAL_LIMIT"], ["GLOBAL_LIMIT"]]
    with tenant_scope(lua):
        assert not any(mistakes().values())


def test_a_tap_whose_answer_was_lost_is_one_use(device, lua, coupon, token):
    _row, browser = device()
    key = uuid4()
    browser.post("/portaria/", use(token, key=key))
    with tenant_scope(lua):
        GateDevice.objects.update(offline_limit=0)  # it asks for none of its allowance

    assert states(send(browser, report(token, key=key))) == ["spent"]
    assert uses(lua) == ["spent"]


def test_beyond_its_allowance_a_device_s_uses_are_conflicts(device, lua, coupon, token):
    _row, browser = device()
    with tenant_scope(lua):
        Coupon.objects.update(limit=100)
        GateDevice.objects.update(offline_limit=2)
    response = send(browser, *(report(token) for _each in range(4)))

    assert states(response) == ["spent", "spent", "conflict", "conflict"]
    assert response.json()["left"] == 0
    assert conflicts(lua) == [["OVER_ALLOWANCE"]] * 2
    with tenant_scope(lua):
        OfflineUse.objects.update(received_at=timezone.now() - timedelta(hours=25))
    assert facts(browser)["left"] == 2


def test_a_person_s_browser_may_tell_and_nothing_is_dropped(staff, lua, coupon, token):
    assert states(send(staff(lua, "manager"), report(token), path=f"{WHERE}?house=lua")) == [
        "conflict"
    ]
    assert conflicts(lua) == [["OVER_ALLOWANCE"]]
    assert uses(lua) == []


def test_what_was_not_signed_for_the_house_is_a_conflict(device, lua, sol, coupon):
    with tenant_scope(sol):
        theirs = make_coupon(make_rule(), "NOITE10", works_offline=True)
    foreign = token_of(sol, theirs, slug="sol")
    elsewhere = token_of(lua, coupon, slug="lua-centro")
    _row, browser = device()

    made = [report(each) for each in (foreign, elsewhere, "NOITE10")]
    assert states(send(browser, *made)) == ["conflict"] * 3
    assert conflicts(lua) == [["NOT_SIGNED"]] * 3
    assert uses(lua) == []
    with tenant_scope(sol):
        assert not CouponUse.objects.exists()


def test_what_is_old_over_or_not_sold_is_a_conflict(device, lua, coupon, token):
    _row, browser = device()
    with tenant_scope(lua):
        Coupon.objects.update(ends_at=timezone.now() - timedelta(minutes=30))
    reports = [report(token, age=timedelta(days=8)), report(token, stay="1h"), report(token)]

    assert states(send(browser, *reports)) == ["conflict"] * 3
    assert sorted(conflicts(lua)) == [["EXPIRED"], ["NOT_SOLD"], ["TOO_OLD"]]
    in_time = report(token, age=timedelta(minutes=45))
    assert states(send(browser, in_time)) == ["spent"]  # it held when it was used


def test_a_use_cannot_be_told_of_the_time_to_come(device, lua, coupon, token):
    _row, browser = device()
    send(browser, report(token, age=timedelta(days=-9)))
    with tenant_scope(lua):
        line = OfflineUse.objects.get()
    assert line.used_at == line.received_at


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_clock_that_is_wrong_by_ages_breaks_no_list(device, staff, lua, coupon, token, at):
    _row, browser = device()
    assert states(send(browser, report(token, at=at))) in (["conflict"], ["spent"])

    page = staff(lua, "manager").get("/admin/promotions/offline/")

    assert page.status_code == 200
    assert "NOITE10" in page.content.decode()


def test_what_is_no_code_of_ours_uses_no_allowance_up(device, lua, coupon, token):
    _row, browser = device()
    send(browser, *(report("x") for _each in range(20)))

    assert facts(browser)["left"] == 5
    assert states(send(browser, report(token))) == ["spent"]


def test_taps_that_had_arrived_use_no_allowance_up(device, lua, token):
    with tenant_scope(lua):
        make_coupon(make_rule("cem"), "CEM10")
    _row, browser = device()
    keys = [uuid4() for _each in range(5)]
    for key in keys:
        browser.post(GATE, use("cem10", key=key))

    assert states(send(browser, *(report(token, key) for key in keys))) == ["spent"] * 5
    assert facts(browser)["left"] == 5


def test_signs_that_no_page_sends_are_malformed(device, lua, coupon, token):
    _row, browser = device()

    for field in ("suite", "stay", "token"):
        assert send(browser, report(token) | {field: "a\x00b"}).status_code == 400
    assert conflicts(lua) == []


def test_nobody_fills_the_list_without_end(device, lua, coupon, token, monkeypatch):
    monkeypatch.setattr("promotions.gate.offline.MOST_KEPT", 3)
    _row, browser = device()

    assert states(send(browser, *(report("x") for _each in range(3)))) == ["conflict"] * 3
    assert send(browser, report(token)).status_code == 429
    with tenant_scope(lua):
        assert OfflineUse.objects.count() == 3


def test_what_cannot_be_said_now_is_told_again(device, lua, coupon, token, monkeypatch):
    _row, browser = device()
    made = report(token)
    with monkeypatch.context() as patch:
        patch.setattr("promotions.gate.desk.use", busy)
        assert states(send(browser, made)) == ["received"]
    assert states(send(browser, made)) == ["spent"]


def busy(*_args):
    from promotions.gate.desk import NotNow

    raise NotNow


def test_a_device_that_is_ended_and_what_is_malformed_tell_nothing(device, lua, coupon, token):
    row, browser = device()
    assert send(browser, {"key": "x"}).status_code == 400
    assert send(browser, *(report(token) for _each in range(21))).status_code == 400
    assert browser.get(WHERE).status_code == 302
    with tenant_scope(lua):
        GateDevice.objects.filter(pk=row.pk).update(revoked_at=timezone.now())
    assert send(browser, report(token)).status_code == 302
    assert conflicts(lua) == []


def test_a_manager_sees_conflicts_and_takes_note(device, staff, lua, coupon, token):
    _row, browser = device()
    send(browser, report(token), report(token))
    manager, where = staff(lua, "manager"), "/admin/promotions/offline/"
    shown = manager.get(where)
    assert "Já foi usado tantas vezes quantas podia." in text_of(shown)
    with tenant_scope(lua):
        conflict = OfflineUse.objects.get(state="conflict")

    assert staff(lua, "editor").post(where, {"use": conflict.pk}).status_code == 302
    assert f'value="{conflict.pk}"' in manager.get(where).content.decode()
    manager.post(where, {"use": conflict.pk})
    assert f'value="{conflict.pk}"' not in manager.get(where).content.decode()
    assert "NOITE10" in text_of(manager.get(where))
    assert manager.post(where, {"use": "x"}).status_code == 400
    assert "Usado." not in text_of(manager.get(GATE))
