"""Every block that editors are offered: its names agree, and its preview can be drawn."""

import json
import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory
from wagtail import blocks
from wagtail.blocks import Block
from wagtail.blocks.struct_block import StructBlockValidationError

from sites.streams import HomeStreamBlock
from suites.models import SuiteType
from tenancy.context import tenant_scope
from theme.blocks import CallToActionBlock, LinkBlock, RichTextBlock
from theme.sheets import site_sheet

BLOCKS = HomeStreamBlock().child_blocks


def snake_case(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


@pytest.mark.parametrize("name", BLOCKS)
def test_block_class_template_and_style_have_one_name(name):
    block = BLOCKS[name]

    assert snake_case(type(block).__name__) == f"{name}_block"
    assert block.meta.template == f"{type(block).__module__.split('.')[0]}/blocks/{name}.html"
    assert finders.find(f"theme/css/blocks/{name}.css")


@pytest.mark.parametrize("name", BLOCKS)
def test_block_tells_editors_what_it_is(name):
    block = BLOCKS[name]

    assert block.meta.icon != Block._meta_class.icon
    assert all((block.meta.group, block.meta.label, block.get_description()))


@pytest.mark.django_db
@pytest.mark.parametrize("name", BLOCKS)
def test_block_preview_renders_with_its_style(name, lua):
    block = BLOCKS[name]
    block.set_name(name)
    request = RequestFactory().get("/", headers={"host": "lua.painel.localhost"})
    request.is_preview = True
    context = {"request": request, "block_def": block}

    with tenant_scope(lua):
        value = block.normalize(block.get_preview_value())
        context["bound_block"] = block.bind(value)
        html = render_to_string(block.get_preview_template(value, context), context, request)

    assert site_sheet().digest in html
    assert "data-theme=" in html
    assert f'class="{"band " if name != "hero" else ""}{name.replace("_", "-")}"' in html


def test_every_block_style_belongs_to_a_block():
    folder = Path(finders.find("theme/css/blocks"))

    assert {path.stem for path in folder.iterdir()} == set(BLOCKS)


@pytest.mark.parametrize("name", BLOCKS)
def test_block_bounds_every_text_and_every_list(name):
    unbounded = [path for path, limit in limits_of(BLOCKS[name], name) if limit is None]

    assert unbounded == []


def limits_of(block: Block, path: str) -> Iterator[tuple[str, int | None]]:
    """Yield how long each text may be, and how many items each list may have."""
    if isinstance(block, RichTextBlock):
        return  # running text is as long as it is
    if isinstance(block, blocks.CharBlock | blocks.TextBlock | blocks.URLBlock):
        yield path, block.field.max_length
    elif isinstance(block, blocks.RichTextBlock):
        yield path, next((rule.limit_value for rule in block.field.validators), None)
    elif isinstance(block, blocks.ListBlock):
        yield path, block.meta.max_num
        yield from limits_of(block.child_block, f"{path}[]")
    for child, inner in getattr(block, "child_blocks", {}).items():
        yield from limits_of(inner, f"{path}.{child}")


def test_columns_hold_no_columns():
    column = BLOCKS["columns"].child_blocks["columns"].child_block

    assert set(column.child_blocks) == {"rich_text", "picture", "call_to_action"}


def test_link_may_be_empty():
    block = LinkBlock()

    assert not block.clean(block.normalize({"label": "", "page": None, "url": ""})).href


@pytest.mark.parametrize(
    "link",
    [
        {"label": "Ver", "page": None, "url": ""},
        {"label": "", "page": None, "url": "https://example.com/"},
    ],
)
def test_link_needs_label_and_target(link):
    block = LinkBlock()

    with pytest.raises(StructBlockValidationError):
        block.clean(block.normalize(link))


def test_call_to_action_needs_its_link():
    block = CallToActionBlock()
    value = block.normalize({"heading": "Venha", "text": "", "link": {"label": ""}})

    with pytest.raises(StructBlockValidationError):
        block.clean(value)


@pytest.mark.django_db
def test_snippets_survive_the_database_and_the_admin_s_json(lua):
    with tenant_scope(lua):
        chosen = SuiteType.objects.first()
        block = HomeStreamBlock()
        value = block.normalize(
            [
                ("price_table", {"heading": "", "suite_type": chosen, "note": ""}),
                ("suite_cards", {"heading": "Suítes", "suite_types": [chosen, chosen]}),
            ]
        )

        stored = json.loads(json.dumps(block.get_prep_value(value)))
        loaded = block.to_python(stored)

        assert loaded[0].value["suite_type"] == chosen
        assert list(loaded[1].value["suite_types"]) == [chosen, chosen]
        assert str(chosen.pk) in json.dumps(block.get_form_state(loaded), default=str_not_uuid)


def str_not_uuid(value: object) -> str:
    """Serialise translations, as the admin does; a UUID is what it cannot."""
    assert not isinstance(value, uuid.UUID)
    return str(value)
