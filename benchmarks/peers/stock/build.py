"""Fills the stock project's empty database: a home page with so much on it, and a page of words."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import django
from django.core.files.images import ImageFile
from django.core.management import call_command

WORDS = "<p>O quarto tem banheira, som, luz regulável e garagem privativa, a qualquer hora.</p>"


def build(asked: dict[str, int], pictures: list[Path]) -> None:
    """Make tables and pages, with as much on them as is asked for."""
    from wagtail.images.models import Image  # noqa: PLC0415 (after setup)
    from wagtail.models import Collection, Locale, Page, Site  # noqa: PLC0415 (after setup)

    from benchmarks.peers.stock.models import StockPage  # noqa: PLC0415 (after setup)

    call_command("migrate", "--run-syncdb", verbosity=0)
    Locale.objects.create(language_code="pt-br")
    Collection.add_root(name="Root")
    images = []
    for number in range(asked["pictures"]):
        path = pictures[number % len(pictures)]
        with path.open("rb") as file:
            images.append(Image.objects.create(title=path.stem, file=ImageFile(file, path.name)))
    cards = images[: asked["cards"]]
    root = Page.add_root(title="Root", slug="root")
    home = StockPage(
        title="Início", slug="inicio", body=list(body(asked, "", images[len(cards) :]))
    )
    root.add_child(instance=home)
    for number in range(max(asked["links"], len(cards))):
        picture = cards[number] if number < len(cards) else None
        home.add_child(
            instance=StockPage(
                title=f"Página {number}", slug=f"p{number}", picture=picture, show_in_menus=True
            )
        )
    home.add_child(instance=StockPage(title="Texto", slug="texto", body=list(body(asked, "text_"))))
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)


def body(
    asked: dict[str, int], of: str, images: Sequence[object] = ()
) -> Iterator[tuple[str, object]]:
    from wagtail.rich_text import RichText  # noqa: PLC0415 (after setup)

    yield from (("heading", f"Parte {number}") for number in range(asked[f"{of}headings"]))
    yield from (("words", RichText(WORDS)) for _number in range(asked[f"{of}paragraphs"]))
    yield from (("picture", image) for image in images)


if __name__ == "__main__":
    django.setup()
    build(json.loads(sys.argv[1]), [Path(each) for each in sys.argv[2:]])
