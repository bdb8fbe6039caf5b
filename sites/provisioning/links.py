"""The menus of a property's site, and its redirects."""

import json
from typing import Any

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from sites.provisioning.fields import Text
from sites.provisioning.page_tables import MenuLink
from sites.provisioning.page_tables import Redirect as RedirectTable
from sites.provisioning.writer import Writer
from theme.navigation import Navigation


class LinkWriter(Writer):
    """Writes what leads to pages, once they are there."""

    def fill(self, site: Site) -> None:
        """Write the menus, if the file has any, and the redirects."""
        if self.table.navigation is not None:
            self._navigation(site)
        for redirect in self.table.redirects:
            self._redirect(site, redirect)

    def _navigation(self, site: Site) -> None:
        table = self.table.navigation
        header = [self._entry(link) for link in table.header] if table else []
        footer = [
            {
                "type": "group",
                "value": {
                    **_labels(group.label),
                    "entries": [
                        {"type": "item", **entry} for entry in map(self._entry, group.links)
                    ],
                },
            }
            for group in (table.footer if table else ())
        ]
        wanted = {"header": [{"type": "entry", **entry} for entry in header], "footer": footer}

        def write() -> None:
            row = Navigation.objects.filter(site=site).first() or Navigation(site=site)
            row.header, row.footer = json.dumps(wanted["header"]), json.dumps(wanted["footer"])
            row.save()

        key = f"{self.prefix}.navigation"
        exists = Navigation.objects.filter(site=site).exists()
        self.ledger.settle(key, wanted, exists=exists, write=write)

    def _entry(self, link: MenuLink) -> dict[str, Any]:
        page = self._page(link.page)
        return {"value": {**_labels(link.label), "page": page, "url": link.url or ""}}

    def _page(self, slug: str | None) -> int | None:
        if slug is None:
            return None
        page = self.find(Page, slug)
        return page.pk if page else None

    def _redirect(self, site: Site, table: RedirectTable) -> None:
        found = Redirect.objects.filter(site=site, old_path=table.old_path).first()
        row = found or Redirect(site=site, old_path=table.old_path)
        page = self._page(table.page)
        values = {
            "redirect_page_id": page,
            "redirect_link": table.url or "",
            "is_permanent": table.permanent,
        }

        def differs() -> tuple[str, ...]:
            return tuple(name for name, value in values.items() if getattr(row, name) != value)

        def write() -> None:
            for name, value in values.items():
                setattr(row, name, value)
            row.leads_off_site = True  # an address in the file is meant
            row.save()

        key = f"{self.prefix}.redirects[{table.old_path}]"
        if page or table.url:
            exists = found is not None
            self.ledger.settle(key, values, exists=exists, differs=differs, write=write)


def _labels(text: Text[Any] | None) -> dict[str, str]:
    if text is None:
        return {"label": "", "label_en": "", "label_es": ""}
    return {"label": text.pt, "label_en": text.en or "", "label_es": text.es or ""}
