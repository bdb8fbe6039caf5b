"""Whether guests are asked to send anything at all."""

from collections.abc import Iterator

from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models

from tenancy.models import Property
from ugc.blocks import GuestFormBlock


def is_offered(house: Property) -> bool:
    """Say whether a page of a property that guests see has the form on it."""
    homes = list(house.site.root_page.get_translations(inclusive=True).live())
    return any(
        model.objects.live().descendant_of(home, inclusive=True).filter(**{where: [block]}).exists()
        for model, where, block in _places()
        for home in homes
    )


def _places() -> Iterator[tuple[type[Page], str, dict[str, str]]]:
    """Yield the kinds of pages that may have the form, and what is found in those that do."""
    for model in get_page_models():
        for field in model._meta.get_fields():
            if isinstance(field, StreamField):
                for name, block in field.stream_block.child_blocks.items():
                    if isinstance(block, GuestFormBlock):
                        yield model, f"{field.name}__contains", {"type": name}
