"""What the streams of a page have chosen, read at once.

Wagtail asks for the pictures, pages and snippets of each type of block in turn. While a page is
drawn (`drawn`), the first of a kind that is asked for brings all others of the page.
"""

import copy
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from wagtail import blocks
from wagtail.blocks import StreamValue
from wagtail.models import Page


class ShelvedBlock(blocks.ChooserBlock):
    """A chooser whose objects come from the shelf while a page is drawn."""

    def read(self, keys: Iterable[Any]) -> Mapping[Any, Any]:
        """Return the objects with these keys, as templates need them."""
        found: dict[Any, Any] = self.model_class.objects.in_bulk(keys)
        return found

    def bulk_to_python(self, values: list[Any]) -> list[Any]:
        """Return an object for each key; None for those that are gone."""
        keys = [self.model_class._meta.pk.to_python(value) for value in values]
        shelf = _shelf.get()
        found = shelf.take(self, keys) if shelf else self.read(keys)
        return [copy.copy(found.get(key)) for key in keys]


class Shelf:
    """The objects that a page has chosen, by model and key, and the request it is drawn for."""

    def __init__(self, page: Page, request: HttpRequest | None) -> None:
        self.request = request
        self._wanted: dict[type[Model], set[Any]] = defaultdict(set)
        self._found: dict[type[Model], dict[Any, Any]] = {}
        for stream in vars(page).values():
            if isinstance(stream, StreamValue):
                for model, key in _chosen(stream.stream_block, stream.raw_data):
                    self._wanted[model].add(model._meta.pk.to_python(key))

    def wanted(self, model: type[Model]) -> set[Any]:
        """Return the keys of the objects of a model that the page has chosen."""
        return self._wanted[model]

    def put(self, model: type[Model], objects: Iterable[Any]) -> None:
        """Keep objects that were read on another occasion, all those wanted among them."""
        self._found[model] = {each.pk: each for each in objects}

    @property
    def pages(self) -> Mapping[int, Page]:
        """The pages around the one that is drawn and those it leads to, in its language too."""
        return self._found.get(Page, {})

    def take(self, block: ShelvedBlock, keys: list[Any]) -> Mapping[Any, Any]:
        """Return a chooser's objects by their keys."""
        model = block.model_class
        if not self._wanted[model].issuperset(keys):
            return block.read(keys)
        if model not in self._found:
            self._found[model] = dict(block.read(self._wanted[model]))
        return self._found[model]


_shelf: ContextVar[Shelf | None] = ContextVar("shelf", default=None)


@contextmanager
def drawn(page: Page, request: HttpRequest | None = None) -> Iterator[None]:
    """Keep what a page has chosen at hand while it is drawn."""
    token = _shelf.set(Shelf(page, request))
    try:
        yield
    finally:
        _shelf.reset(token)


def current_shelf() -> Shelf | None:
    """Return the shelf of the page that is being drawn."""
    return _shelf.get()


def address_of(page: Page) -> str:
    """Return where a page is, without asking Wagtail's cache while one is drawn."""
    shelf = _shelf.get()
    return page.get_url(shelf.request if shelf else None) or ""


def localized(page: Page, locale_id: int) -> Page:
    """Return a page's published translation, or itself, without a query where the shelf knows."""
    if page.locale_id == locale_id:
        return page
    known = shelf.pages if (shelf := _shelf.get()) else {}
    if page.pk not in known:
        return page.localized
    twins = (each for each in known.values() if each.translation_key == page.translation_key)
    return next((each for each in twins if each.locale_id == locale_id and each.live), page)


def _chosen(block: blocks.Block, raw: Any) -> Iterator[tuple[type[Model], Any]]:
    """Yield the model and the key of each object in a block's value, as it stands in JSON."""
    if isinstance(block, ShelvedBlock) and raw is not None:
        yield block.model_class, raw
    for child, value in _parts(block, raw):
        yield from _chosen(child, value)


def _parts(block: blocks.Block, raw: Any) -> Iterator[tuple[blocks.Block, Any]]:
    if isinstance(block, blocks.ListBlock):
        yield from ((block.child_block, each["value"]) for each in raw or ())
    elif isinstance(block, blocks.StreamBlock):
        known = (each for each in raw or () if each["type"] in block.child_blocks)
        yield from ((block.child_blocks[each["type"]], each["value"]) for each in known)
    elif isinstance(block, blocks.StructBlock):
        yield from ((child, (raw or {}).get(name)) for name, child in block.child_blocks.items())
