"""A device does what a reception needs at its own property, until a manager ends it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from promotions.gate import devices
from promotions.models import CouponUse, GateDevice
from tenancy.context import tenant_scope
from tenancy.models import Property, User
from tests.promotions.gate.conftest import HOST
from tests.promotions.gate.test_gate import GATE, text_of, use, uses

pytestmark = pytest.mark.django_db

NEW = "/admin/gate-devices/new/"


@pytest.fixture
def link(lua):
    """Return a maker of links that are as old as is said."""

    def make(age=timedelta(0)):
        with tenant_scope(lua):
            _row, secret = devices.invite(
                name="Balcão",
                house=Property.objects.get(slug="lua"),
                actor=User.objects.get(email="manager@lua.test"),
                at=timezone.now() - age,
            )
        return f"/portaria/aparelho/{secret}/"

    return make


def test_a_manager_makes_a_device_and_sees_its_link_once(staff, lua, guest):
    manager = staff(lua, "manager")
    with tenant_scope(lua):
        house = Property.objects.get(slug="lua").pk
    shown = manager.post(NEW, {"name": "Balcão", "property": house, "offline_limit": 3})
    (path,) = re.findall(r'value="http[^"]*(/portaria/aparelho/[^"]+)"', shown.content.decode())
    browser = guest(HOST)

    assert "<svg" in shown.content.decode()
    assert "Balcão" in text_of(browser.get(path))
    assert browser.post(path).headers["Location"] == "/portaria/"
    assert "Motel" not in path
    assert browser.get("/portaria/").status_code == 200
    assert path not in manager.get("/admin/gate-devices/").content.decode()


def test_editors_make_and_end_no_devices(staff, lua, device):
    row, _browser = device()
    editor = staff(lua, "editor")
    for path in (NEW, "/admin/gate-devices/", f"/admin/gate-devices/delete/{row.pk}/"):
        assert editor.get(path).status_code == 302
        assert editor.post(path).status_code == 302
    with tenant_scope(lua):
        assert GateDevice.objects.get().revoked_at is None


def test_the_cookie_is_of_this_page_and_no_script_s(guest, link):
    browser = guest(HOST)
    browser.post(link())
    cookie = browser.cookies["alcova_portaria"]

    assert cookie["path"] == "/portaria/"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert not cookie["domain"]


def test_a_link_serves_once_and_not_for_long(guest, link):
    path, old = link(), link(timedelta(hours=2))
    assert guest(HOST).post(path).status_code == 302

    for gone in (path, old, "/portaria/aparelho/x/"):
        late = guest(HOST)
        assert late.get(gone).status_code == 404
        assert late.post(gone).status_code == 404
        assert "alcova_portaria" not in late.cookies


def test_a_link_s_own_secret_is_no_device_s(guest, link):
    browser = guest(HOST)
    browser.cookies["alcova_portaria"] = link().rstrip("/").rpartition("/")[2]

    assert browser.get("/portaria/").status_code == 302


def test_looking_at_a_link_uses_nothing_up(guest, link):
    path = link()
    assert guest(HOST).get(path).status_code == 200
    assert guest(HOST).post(path).status_code == 302


def test_a_device_uses_and_undoes_at_its_property(device, lua, coupon):
    row, browser = device()
    assert "Usado." in text_of(browser.post("/portaria/", use()))
    with tenant_scope(lua):
        one = CouponUse.objects.get()
    assert "Desfeito" in text_of(browser.post(f"/portaria/desfazer/{one.pk}/"))
    assert uses(lua) == ["reversed"]
    with tenant_scope(lua):
        assert GateDevice.objects.get(pk=row.pk).seen_at is not None


def test_a_device_can_do_nothing_at_another_property(device, lua, coupon, staff):
    _row, browser = device("lua-centro")
    staff(lua, "manager").post(GATE, use())
    with tenant_scope(lua):
        one = CouponUse.objects.get()

    assert browser.get(GATE).status_code == 404
    assert browser.post(GATE, use()).status_code == 404
    assert browser.post(f"/portaria/desfazer/{one.pk}/?house=lua").status_code == 404
    assert "Não dá mais" in text_of(browser.post(f"/portaria/desfazer/{one.pk}/"))
    assert "NOITE10" not in text_of(browser.get("/portaria/"))
    assert uses(lua) == ["spent"]


def test_a_device_can_do_nothing_elsewhere(device):
    _row, browser = device()
    secret = browser.cookies["alcova_portaria"].value
    everywhere = Client(HTTP_HOST=HOST, HTTP_COOKIE=f"alcova_portaria={secret}")

    assert everywhere.get("/admin/").status_code == 302
    step = f"/api/v1/redemptions/{GateDevice().pk}/reverse"
    assert everywhere.post(step).status_code == 401


def test_a_device_that_is_ended_is_out_at_once(device, staff, lua, coupon):
    row, browser = device()
    assert browser.get("/portaria/").status_code == 200

    staff(lua, "manager").post(f"/admin/gate-devices/delete/{row.pk}/")

    assert browser.post("/portaria/", use()).status_code == 302
    assert uses(lua) == []
    with tenant_scope(lua):
        assert GateDevice.objects.get(pk=row.pk).revoked_at is not None
