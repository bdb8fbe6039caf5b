"""Pages in the hands of those who edit them."""

import pytest
from django.urls import reverse
from django.utils.html import escape
from wagtail.models import Page

from sites.models import HomePage
from suites.pages import SuitePage
from tenancy.context import tenant_scope
from tests.isolation.bodies import forms_of
from theme.sheets import site_sheet

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["editor", "manager", "owner"])
def test_every_page_opens_for_editing(lua, staff, role):
    client = staff(lua, role)
    with tenant_scope(lua):
        pages = list(Page.objects.filter(depth__gt=1, alias_of=None))

    answers = {
        page.title: client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code
        for page in pages
    }

    assert set(answers.values()) == {200}


def test_block_previews_open_on_the_staff_host(lua, staff):
    stream = HomePage.body.field.stream_block
    client = staff(lua, "editor")

    for block in stream.child_blocks.values():
        answer = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
        assert answer.status_code == 200
        assert reverse("site_style", args=[site_sheet().digest]) in answer.content.decode()


def test_translation_keeps_type_and_pictures_and_takes_texts(lua):
    with tenant_scope(lua):
        source = SuitePage.objects.filter(locale__language_code="pt-br").first()
        translated = source.get_translations().get(locale__language_code="en")

        assert translated.suite_type == source.suite_type
        assert translated.cover == source.cover
        assert [photo.image for photo in translated.photos.all()] == [
            photo.image for photo in source.photos.all()
        ]
        assert (source.intro, translated.intro) == ("Amplo.", "Roomy.")


def test_a_motel_s_home_page_cannot_be_deleted(lua, staff):
    with tenant_scope(lua):
        home = HomePage.objects.get(slug="lua")
        home.get_children().first().delete()
    client = staff(lua, "manager")

    one = client.post(reverse("wagtailadmin_pages:delete", args=[home.pk]))
    many = client.post(
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={home.pk}"
    )

    assert (one.status_code, many.status_code) == (302, 302)
    with tenant_scope(lua):
        assert HomePage.objects.filter(pk=home.pk).exists()


@pytest.mark.parametrize("language", ["pt-br", "en"])
def test_every_page_can_be_previewed(lua, language):
    with tenant_scope(lua):
        for page in Page.objects.filter(depth__gt=1, locale__language_code=language).specific():
            response = page.make_preview_request(preview_mode=page.default_preview_mode)

            assert response.status_code == 200
            assert escape(page.title) in response.content.decode()


@pytest.mark.parametrize(
    ("parent", "label"),
    [
        ("lua", ("motelsites", "textpage")),
        ("lua", ("motelsites", "campaignpage")),
        ("promocoes", ("promotions", "promotionpage")),
    ],
)
def test_a_page_can_be_previewed_before_it_exists(lua, staff, parent, label):
    client = staff(lua, "editor")
    with tenant_scope(lua):
        home = HomePage.objects.get(slug="lua")
        above = Page.objects.descendant_of(home, inclusive=True).get(slug=parent)
    form = forms_of(client.get(reverse("wagtailadmin_pages:add", args=[*label, above.pk])).content)
    form |= {"title": ["Uma página nova"], "slug": ["nova"]}
    url = reverse("wagtailadmin_pages:preview_on_add", args=[*label, above.pk])

    stored = client.post(url, form)
    shown = client.get(url)

    assert stored.json()["is_valid"]
    assert "Uma página nova" in shown.content.decode()


def test_editors_are_told_in_portuguese_what_is_wrong(lua, staff):
    client = staff(lua, "editor")
    with tenant_scope(lua):
        page = SuitePage.objects.get(slug="loft", locale__language_code="pt-br")
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])

    body = forms_of(client.get(address).content) | {"title": [""]}
    html = client.post(address, body).content.decode()

    assert "A página não pôde ser salva" in html
    assert "Ir para o primeiro erro" in html
    for english in ("could not be saved", "Go to the first error", "Toggle breadcrumbs"):
        assert english not in html
