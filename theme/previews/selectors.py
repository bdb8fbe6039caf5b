"""Named reads for previews."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.shortcuts import get_object_or_404
from wagtail.models import Page, Site

from tenancy.models import User
from theme.models import PreviewLink, ThemedPage


def live_page(page_id: int) -> ThemedPage:
    """Return a page as its row has it. Raises `Http404` for pages that guests never see."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, ThemedPage) or page.get_site() is None:
        raise Http404
    return page


def versions_for(page: Page, user: User) -> list[Page]:
    """Return the page in each language in which the user may edit it, itself included."""
    order = [code for code, _name in settings.LANGUAGES]
    found = page.get_translations(inclusive=True).select_related("locale")
    mine = [each for each in found if each.permissions_for_user(user).can_edit()]
    return sorted(mine, key=lambda each: order.index(each.locale.language_code))


def links_to(page: Page, at: datetime) -> list[PreviewLink]:
    """Return the links to the page's drafts that open at that instant, the newest first."""
    found = PreviewLink.objects.filter(page_id=page.pk, revoked_at=None, expires_at__gt=at)
    return list(found.order_by("-created_at"))


def digest_of(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def link_for(token: str, at: datetime) -> PreviewLink | None:
    """Return the link that a token opens at that instant, or None."""
    found = PreviewLink.objects.filter(digest=digest_of(token), revoked_at=None, expires_at__gt=at)
    link: PreviewLink | None = found.first()
    return link


def shared_page(link: PreviewLink, site: Site | None) -> ThemedPage | None:
    """Return the page as it was shared, if it is still there and of that site."""
    try:
        page = Page.objects.get(pk=link.page_id)
        home = page.get_site()
        if site is None or home is None or home.pk != site.pk:
            return None
        if link.revision_id is None:
            return page.specific
        return page.revisions.get(pk=link.revision_id).as_object()
    except ObjectDoesNotExist:
        return None
