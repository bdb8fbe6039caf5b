"""Section 6 of the map: people, groups, tokens, signing in, objects named by their id."""

# ruff: noqa: N802 (tests are named as the rows are)

import json
from typing import Any

from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse
from wagtail.models import APIToken
from wagtail.rich_text import expand_db_html

from tenancy.context import tenant_scope
from tenancy.models import User
from tests.conftest import execute_as_owner, signed_in
from tests.isolation.bodies import forms_of
from tests.isolation.leakmap.row import Leak, Scene, row
from tests.isolation.walls import undone

PASSWORD = "uma senha de teste"
LOGIN = reverse("wagtailadmin_login")
STAFF = "lua.painel.localhost"


def with_password(scene: Scene, email: str) -> None:
    with tenant_scope(scene.b.tenant):
        user = User.objects.get(email=email)
        user.set_password(PASSWORD)
        user.save()


@row("U1", "permissions")
def test_U1_people_of_the_installation(scene: Scene) -> None:
    response = scene.get(reverse("wagtailusers_users:index"), "owner")
    assert response.status_code in {302, 403}


@row("U1", "rls")
def test_U1_people_seen_by_a_superuser(scene: Scene) -> None:
    scene.get(reverse("wagtailusers_users:index"))
    path = reverse("wagtailusers_users:edit", args=[scene.b["user"].pk])
    assert scene.get(path).status_code == 404


@row("U1", "rls", "grants")
def test_U1_nobody_makes_a_superuser(scene: Scene) -> None:
    client = scene.client("superuser")
    with tenant_scope(scene.a.tenant):
        user = User.objects.get(email="editor@lua.test")
    path = reverse("wagtailusers_users:edit", args=[user.pk])
    client.raise_request_exception = False
    body = {"email": user.email, "first_name": "A", "last_name": "B", "is_active": "on"}
    client.post(path, {**body, "is_superuser": "on"})
    if not connection.needs_rollback:
        user.is_superuser = True
        with tenant_scope(scene.a.tenant):
            save_all_of(user)
    rows = execute_as_owner("SELECT is_superuser FROM tenancy_user WHERE id = %s", user.pk)
    assert rows == [(False,)]


def save_all_of(user: User) -> None:
    """Write every column, as code that does not know of `User.WRITABLE` would."""
    from django.db import ProgrammingError, transaction

    try:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(is_superuser=True)
    except ProgrammingError:
        return


@row("U2", "rls")
def test_U2_tokens_of_wagtails_api(scene: Scene) -> None:
    scene.b["wagtail_token"]
    with tenant_scope(scene.a.tenant):
        assert not APIToken.objects.exists()


@row("U3", "rls")
def test_U3_people_in_any_queryset(scene: Scene) -> None:
    with tenant_scope(scene.a.tenant):
        assert not User.objects.filter(pk=scene.b["user"].pk).exists()


@row("U4", "rls")
def test_U4_groups(scene: Scene) -> None:
    scene.b["marked_group"]
    scene.get(reverse("wagtailusers_groups:index"))
    scene.get(reverse("wagtailusers_groups:add"))


@row("U5", "rls", "membership")
def test_U5_signing_in_on_anothers_host(scene: Scene) -> None:
    with_password(scene, "editor@sol.test")
    client = Client(HTTP_HOST=STAFF)
    client.post(LOGIN, {"username": "editor@sol.test", "password": PASSWORD})
    assert client.get("/admin/").status_code == 302


@row("U5", "rls", "membership", "session")
def test_U5_session_of_another_host(scene: Scene) -> None:
    client = signed_in(scene.b.tenant, "editor@sol.test")
    client.defaults["HTTP_HOST"] = STAFF
    assert client.get("/admin/").status_code == 302


@row("U6", "rls")
def test_U6_password_reset_on_anothers_host(scene: Scene) -> None:
    with_password(scene, "editor@sol.test")
    path = reverse("wagtailadmin_password_reset")
    Client(HTTP_HOST=STAFF).post(path, {"email": "editor@sol.test"})
    assert not mail.outbox


@row("U6", "host")
def test_U6_password_reset_on_a_strangers_host(scene: Scene) -> None:
    client = Client(HTTP_HOST="mal.exemplo.test")
    assert client.get(reverse("wagtailadmin_password_reset")).status_code == 421


@row("U7", stands="Wagtail's own check lets no other host through.")
def test_U7_where_to_go_after_signing_in(scene: Scene) -> None:
    client = scene.client("editor")
    response = client.get(f"{LOGIN}?next=//mal.exemplo.test/")
    assert "mal.exemplo.test" not in response.headers.get("Location", "")


def edit(scene: Scene, **chosen: Any) -> dict[str, Any]:
    """Save A's suite page as A's manager, with those objects chosen; return its latest draft."""
    client = scene.client("manager")
    page = scene.a["suite_page"]
    path = reverse("wagtailadmin_pages:edit", args=[page.pk])
    body = forms_of(client.get(path).content)
    body.update({name: [str(value)] for name, value in chosen.items()})
    client.post(path, body)
    with tenant_scope(scene.a.tenant):
        return dict(page.revisions.latest("pk").content)


@row("U8", "rls")
def test_U8_another_tenants_image_in_a_form(scene: Scene) -> None:
    own, other = scene.a["image"].pk, scene.b["image"].pk
    assert edit(scene, cover=own)["cover"] == own
    assert edit(scene, cover=other)["cover"] != other


@row("U8", "rls", "manager", "page form")
def test_U8_another_tenants_suite_type_in_a_form(scene: Scene) -> None:
    other = str(scene.b["suitetype"].pk)
    assert edit(scene, suite_type=other)["suite_type"] != other


@row("U8", "rls", "storage")
def test_U8_another_tenants_objects_in_a_text(scene: Scene) -> None:
    text = (
        f'<a linktype="page" id="{scene.b["home"].pk}">x</a>'
        f'<a linktype="document" id="{scene.b["document"].pk}">x</a>'
        f'<embed embedtype="image" id="{scene.b["image"].pk}" format="left" alt="x"/>'
    )
    with tenant_scope(scene.a.tenant), undone():
        html = expand_db_html(text)
    assert "/documents/" not in html
    assert "sol.localhost" not in html
    assert str(scene.b.tenant.public_id) not in html


def hero_of(scene: Scene) -> Any:
    """Put B's image into the text of A's home page, as an import might."""
    home = scene.a["home"]
    body = [dict(block) for block in home.body.raw_data]
    body[0] = {**body[0], "value": {**body[0]["value"], "image": scene.b["image"].pk}}
    execute_as_owner(
        "UPDATE motelsites_homepage SET body = %s WHERE page_ptr_id = %s", json.dumps(body), home.pk
    )
    return home


@row("U8", "rls", "storage")
def test_U8_another_tenants_image_on_a_page(scene: Scene) -> None:
    hero_of(scene)
    response = scene.get("/", client=Client(HTTP_HOST="lua.localhost"))
    assert str(scene.b.tenant.public_id) not in response.content.decode()  # type: ignore[attr-defined]


@row("U9", "rls", "storage")
def test_U9_another_tenants_image_in_a_preview(scene: Scene) -> None:
    home = hero_of(scene)
    with tenant_scope(scene.a.tenant), undone():
        page = type(home).objects.get(pk=home.pk)
        html = page.make_preview_request().render().content.decode()
    if str(scene.b.tenant.public_id) in html or "SOLMARK" in html:
        raise Leak("The preview shows B's image.")


@row("U10", "rls")
def test_U10_actions_by_id_do_not_tell_what_exists(scene: Scene) -> None:
    for action in ("copy", "publish", "move", "create_alias"):
        path = reverse("wagtailadmin_api:pages:action", args=[scene.b["home"].pk, action])
        assert scene.post(path, {}).status_code == 404, action


@row("U2", stands="No address gives Wagtail's tokens out.")
def test_U2_no_screen_for_tokens(scene: Scene) -> None:
    names = [str(name) for name in get_resolver().reverse_dict if isinstance(name, str)]
    assert not [name for name in names if "token" in name]
