"""How provisioning writes a page: once for each change of the file, as a new revision."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from wagtail.models import Page

from sites.provisioning.ledger import Ledger
from sites.provisioning.media import Pictures
from sites.provisioning.schema import Property as PropertyTable
from sites.provisioning.translations import translate
from sites.provisioning.words import Words

SOURCE = "pt-br"
HOME = "home"

Block = tuple[str, Any]


@dataclass
class Writer:
    """Writes pages of one property; a path names a page below its home page."""

    ledger: Ledger
    prefix: str
    table: PropertyTable
    pictures: Pictures

    def child(self, parent: Page, model: type[Any], path: str, **fields: Any) -> Any:
        """Return the page at a path, made if need be; None if people deleted it."""
        page = self.find(model, path)
        if page is None and self.key_of(path) not in self.ledger.applied:
            page = model(slug=path.rsplit("/", 1)[-1], locale=parent.locale, **fields)
            parent.add_child(instance=page)
            self.remember(path, page)
        return page

    def find(self, model: type[Any], path: str) -> Any:
        """Return the page that was made for a path, if it is still there."""
        key = self.ledger.refs.get(self.key_of(path))
        self.ledger.seen.add(self.key_of(path))
        return model.objects.filter(pk=key).first() if key else None

    def remember(self, path: str, page: Page) -> None:
        """Note which page was made for a path."""
        self.ledger.settle(self.key_of(path), "made", exists=False, write=lambda: str(page.pk))

    def key_of(self, path: str) -> str:
        """Return under which key the ledger has a page."""
        return f"{self.prefix}.pages[{path}]"

    def write(self, path: str, page: Any, fields: dict[str, Any], words: Words) -> None:
        """Publish the file's texts on the page and its translations, if the file changed."""
        if page is None:
            return  # people deleted it
        wanted = {name: _plain(value) for name, value in fields.items()}
        slug = self.table.slug if path == HOME else path.rsplit("/", 1)[-1]

        def write() -> None:
            for name, value in fields.items():
                setattr(page, name, value)
            page.save_revision().publish()
            for language in self.table.languages:
                if language != SOURCE:
                    target = f"{slug}-{language}" if path == HOME else slug
                    translate(page, language, words, slug=target)

        wanted["translations"] = words.pairs
        wanted["languages"] = self.table.languages
        key = f"{self.prefix}.texts[{path}]"
        self.ledger.settle(key, wanted, exists=key in self.ledger.applied, write=write)


def _plain(value: Any) -> Any:
    """Return what a page's children say, since a new one has no key to compare."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, Model) and value.pk is None:
        names = (field.attname for field in value._meta.concrete_fields if field.is_relation)
        return [str(getattr(value, name)) for name in names if name != "page_id"]
    return value
