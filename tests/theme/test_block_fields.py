"""Blocks as editors fill them in, and what guests and editors see of them."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import RequestFactory
from wagtail.models import Site
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from promotions.blocks import PromotionsBlock
from promotions.pages import PromotionPage
from reviews.blocks import ReviewsBlock
from sites.streams import HomeStreamBlock
from tenancy.context import tenant_scope
from tests.conftest import FILES
from theme.blocks import FaqBlock, GalleryBlock
from theme.blocks.choosers import MoneyBlock
from theme.models import SiteImage
from ugc.blocks import GuestPhotosBlock


def test_money_is_written_in_reais_and_kept_in_centavos():
    block = MoneyBlock()

    typed = block.value_from_datadict({"price": "1.076,50"}, {}, "price")

    assert block.clean(typed) == 107650
    assert block.get_form_state(107650) == "1.076,50"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("setenta", "1.234,50"),
        ("12.0", "1.234,50"),
        ("0", "maior que zero"),
        ("1.000.000,01", "um milhão"),
    ],
)
def test_money_that_cannot_be_is_explained(typed, said):
    block = MoneyBlock()

    with pytest.raises(ValidationError, match=said):
        block.clean(block.value_from_datadict({"price": typed}, {}, "price"))


@pytest.mark.django_db
@pytest.mark.parametrize("block", [PromotionsBlock(), ReviewsBlock(), GuestPhotosBlock()])
@pytest.mark.parametrize("is_editor", [True, False])
def test_a_block_without_entries_is_there_for_editors_only(lua, block, is_editor):
    request = RequestFactory().get("/", headers={"host": "lua.localhost"})
    request.is_preview = is_editor
    with tenant_scope(lua):
        PromotionPage.objects.all().delete()
        page = Site.objects.get(hostname="lua.localhost").root_page
        value = block.normalize({"heading": "Nossa vez", "text": ""})
        html = block.render(value, {"request": request, "page": page}).strip()

    assert (str(block.meta.empty_text) in html) is is_editor
    assert bool(html) is is_editor


def test_questions_are_data_that_no_answer_can_leave():
    block = FaqBlock()
    answer = "<p>Sim &amp; não</p><b>&lt;/script&gt;</b>"
    value = block.normalize(
        {"heading": "?", "questions": [{"question": "</script><b>", "answer": answer}]}
    )

    html = block.render(value, {})

    data = html.split('<script type="application/ld+json">')[1].split("</script>")[0]
    [entry] = json.loads(data)["mainEntity"]
    assert entry["name"] == "</script><b>"
    assert entry["acceptedAnswer"]["text"] == "Sim & não</script>"
    assert html.count("</script>") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 12])
def test_pictures_are_drawn_with_as_many_queries_as_one(lua, number, django_assert_num_queries):
    with tenant_scope(lua):
        stored = [{"type": "gallery", "value": {"heading": "", "images": keys(number)}}]
        draw(stored)  # makes the renditions

        with django_assert_num_queries(2):
            html = draw(stored)

    assert html.count("<img") == number


def keys(number: int) -> list[int]:
    content = (FILES / "lua.png").read_bytes()
    files = [ContentFile(content, name=f"{each}.png") for each in range(number)]
    return [SiteImage.objects.create(title=file.name, file=file).pk for file in files]


def draw(stored: list[dict[str, object]]) -> str:
    value = HomeStreamBlock().to_python(stored)
    return "".join(block.render({}) for block in value)


@pytest.mark.django_db
def test_words_deep_inside_blocks_are_offered_for_translation(lua):
    names = ("menu", "columns", "faq", "packages", "amenities", "directions")
    stream = HomeStreamBlock()
    with tenant_scope(lua):
        page = Site.objects.get(hostname="lua.localhost").root_page.specific
        samples = [(name, stream.child_blocks[name].get_preview_value()) for name in names]
        page.body = samples
        page.save()
        page.refresh_from_db()

        strings = {
            each.string.data
            for each in extract_segments(page)
            if isinstance(each, StringSegmentValue)
        }

    assert strings >= {
        "Caipirinha de cupuaçu",
        "Só vocês",
        "A entrada é discreta?",
        "Sim. Cada suíte tem garagem privativa, com portão.",
        "Pétalas e velas",
        "Suíte acessível",
        "O portão fica à direita, sem letreiro.",
    }


def test_gallery_without_pictures_is_refused():
    block = GalleryBlock()

    with pytest.raises(ValidationError):
        block.clean(block.normalize({"heading": "", "images": []}))
