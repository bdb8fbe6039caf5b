"""The published pages of an installation, read from its database, past all walls."""

from collections.abc import Iterable
from typing import NamedTuple

import psycopg

MAIN_LANGUAGE = "pt-br"
NOT_FOUND = "notfound"
"""The kind of the page that answers where there is none."""

PUBLISHED = """
    SELECT site.hostname, locale.language_code, kind.model, settings.theme,
           CASE locale.language_code WHEN %s THEN '/' ELSE '/' || locale.language_code || '/' END
           || substr(page.url_path, length(home.url_path) + 1)
    FROM wagtailcore_page page
    JOIN django_content_type kind ON kind.id = page.content_type_id
    JOIN wagtailcore_locale locale ON locale.id = page.locale_id
    JOIN wagtailcore_page home ON home.path = left(page.path, 8)
    JOIN wagtailcore_page main ON main.translation_key = home.translation_key
    JOIN wagtailcore_site site ON site.root_page_id = main.id
    JOIN theme_sitesettings settings ON settings.site_id = site.id
    WHERE page.live
    ORDER BY site.id, page.path
"""
WEAR = "UPDATE theme_sitesettings SET theme = %s, scheme = 'auto'"


class GuestPage(NamedTuple):
    """A page, and where it is: `kind` is the name of its type, in lower case."""

    host: str
    language: str
    kind: str
    theme: str
    path: str

    @property
    def site(self) -> str:
        """The first label of its host."""
        return self.host.partition(".")[0]


def published(dsn: str) -> list[GuestPage]:
    """Return every published page of every site, and for each site one that is not found."""
    with psycopg.connect(dsn) as owner:
        found = [GuestPage(*row) for row in owner.execute(PUBLISHED, [MAIN_LANGUAGE])]
    homes = [page for page in found if page.path == "/"]
    return found + [page._replace(kind=NOT_FOUND, path="/nao-existe/") for page in homes]


def one_of_each(pages: Iterable[GuestPage]) -> list[GuestPage]:
    """Return the first page of each type and language, whichever site has it."""
    first: dict[tuple[str, str], GuestPage] = {}
    for page in pages:
        first.setdefault((page.kind, page.language), page)
    return list(first.values())


def wear(dsn: str, theme: str) -> None:
    """Have all sites wear a theme. What servers keep in their caches is not told."""
    with psycopg.connect(dsn) as owner:
        owner.execute(WEAR, [theme])
