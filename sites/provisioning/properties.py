"""A property: its site, its hosts, its looks, and all that it sells and shows."""

from typing import Any

from django.conf import settings
from wagtail.models import Site

from sites import roles
from sites.models import HomePage
from sites.provisioning.ledger import Ledger
from sites.provisioning.links import LinkWriter
from sites.provisioning.media import Pictures, StoredFiles
from sites.provisioning.pages import PageWriter
from sites.provisioning.prices import ensure_offer
from sites.provisioning.promotions import ensure_promotions
from sites.provisioning.schema import Property as PropertyTable
from sites.provisioning.tenants import root_collection
from tenancy import services
from tenancy.models import Domain, Property
from theme.models import SiteSettings


def ensure_property(ledger: Ledger, table: PropertyTable, files: StoredFiles) -> None:
    """Bring one property to what the file says."""
    prefix = f"properties[{table.slug}]"
    pictures = Pictures(ledger, prefix, root_collection(), files)
    writer = PageWriter(ledger, prefix, table, pictures)
    hosts = table.hosts(settings.PLATFORM_DOMAIN)
    home = writer.home()
    house = _ensure_site(ledger, prefix, table, hosts[0], home)
    _ensure_domains(ledger, prefix, house, hosts)
    _ensure_settings(ledger, prefix, house.site, table, pictures)
    roles.grant_settings(house.site)
    ensure_offer(ledger, prefix, house, table)
    ensure_promotions(ledger, prefix, house, table)
    writer.fill(home)
    LinkWriter(ledger, prefix, table, pictures).fill(house.site)


def _ensure_site(
    ledger: Ledger, prefix: str, table: PropertyTable, host: str, home: HomePage
) -> Property:
    house = Property.objects.filter(slug=table.slug).select_related("site").first()
    site = house.site if house else Site(hostname=host)
    if house is None:
        site.site_name, site.root_page = table.name, home
        site.port = settings.PUBLIC_PORT
        site.save()
    elif site.port != settings.PUBLIC_PORT:
        site.port = settings.PUBLIC_PORT  # of this installation, not of the file
        site.save()
    values = {
        "name": table.name,
        "languages": list(table.languages),
        "timezone": table.timezone,
        "site": site,
    }
    row = ledger.upsert(prefix, Property, {"slug": table.slug}, values)
    if row is None:
        raise LookupError("A property cannot be deleted by hand.")
    return row


def _ensure_domains(ledger: Ledger, prefix: str, house: Property, hosts: tuple[str, ...]) -> None:
    """Attach the hosts; the first becomes primary when the file says so anew."""
    for host in hosts:
        found = Domain.objects.filter(host=host, property=house).first()

        def attach(host: str = host) -> None:
            services.attach_domain(host=host, property=house, is_verified=True)

        ledger.settle(f"{prefix}.domains[{host}]", host, exists=found is not None, write=attach)
    primary = Domain.objects.filter(property=house, is_primary=True).first()

    def promote() -> None:
        services.make_primary(domain=Domain.objects.get(host=hosts[0], property=house))

    ledger.settle(
        f"{prefix}.primary_domain",
        hosts[0],
        exists=primary is not None,
        differs=lambda: () if primary and primary.host == hosts[0] else ("host",),
        write=promote,
    )


def _ensure_settings(
    ledger: Ledger, prefix: str, site: Site, table: PropertyTable, pictures: Pictures
) -> None:
    contact, address = table.contact, table.address
    values = {
        **_looks(table, pictures),
        "phone": contact.phone or "",
        "whatsapp": contact.whatsapp or "",
        "instagram": contact.instagram or "",
        "street": address.street or "",
        "district": address.district or "",
        "city": address.city,
        "state": address.state,
        "postcode": address.postcode or "",
        **_hours(table),
    }
    ledger.upsert(f"{prefix}.settings", SiteSettings, {"site": site}, values)


def _hours(table: PropertyTable) -> dict[str, Any]:
    said = table.opening_hours
    return {
        "is_always_open": said is None,
        "opening_hours": said.pt if said else "",
        "opening_hours_en": (said.en if said else "") or "",
        "opening_hours_es": (said.es if said else "") or "",
    }


def _looks(table: PropertyTable, pictures: Pictures) -> dict[str, Any]:
    own, discretion = table.appearance, table.discretion
    exit_url = SiteSettings._meta.get_field("exit_url").get_default()
    return {
        "theme": table.theme,
        "scheme": own.scheme,
        "face": own.face or "",
        "accent_dark": own.accent_dark or "",
        "accent_light": own.accent_light or "",
        "logo": pictures.image(own.logo) if own.logo else None,
        "is_title_neutral": discretion.neutral_title is not None,
        "neutral_title": discretion.neutral_title or "",
        "is_icon_neutral": discretion.neutral_icon,
        "whatsapp_text": discretion.whatsapp_text or "",
        "exit_url": discretion.exit_url or exit_url,
    }
