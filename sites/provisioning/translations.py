"""Pages in other languages, by wagtail-localize: editors go on from there in its screens."""

from django.utils.text import slugify
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from sites.provisioning.words import Words


def translate(page: Page, language: str, words: Words, *, slug: str) -> Page:
    """Make or bring up to date a page's translation, and publish it; return it.

    What `words` has no translation for stays in Portuguese, and shows as untranslated.
    """
    locale = Locale.objects.get(language_code=language)
    source, _created = TranslationSource.update_or_create_from_instance(page)
    Translation.objects.get_or_create(source=source, target_locale=locale)
    segments = StringSegment.objects.filter(source=source).select_related("string", "context")
    for segment in segments:
        is_slug = segment.context.path == "slug"
        data = slugify(slug) if is_slug else words.into(segment.string.data, language)
        if data is not None:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=locale,
                context=segment.context,
                defaults={
                    "data": data,
                    "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                },
            )
    source.create_or_update_translation(locale, publish=True, fallback=True)
    translated = page.get_translation(locale)
    return translated.specific
