import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from tenancy.context import tenant_scope
from tests.theme.drawing import MP4, VTT
from theme.blocks.choosers import CaptionsFileBlock, VideoFileBlock
from theme.documents import extension_of
from theme.models import SiteDocument


def test_extension_is_small_and_bare():
    assert extension_of("um/vídeo.final.MP4") == "mp4"
    assert extension_of("sem") == ""


@pytest.mark.django_db
@pytest.mark.parametrize(("content", "is_good"), [(MP4, True), (b"<html>", False)])
def test_a_new_document_must_be_what_it_says(lua, content, is_good):
    with tenant_scope(lua):
        document = SiteDocument(title="Vídeo", file=ContentFile(content, name="suite.mp4"))

        if is_good:
            document.clean()
        else:
            with pytest.raises(ValidationError, match="não é o que a terminação do nome"):
                document.clean()


@pytest.mark.django_db
def test_video_and_captions_take_their_own_kinds_only(lua):
    with tenant_scope(lua):
        video = SiteDocument.objects.create(title="v", file=ContentFile(MP4, name="v.mp4"))
        words = SiteDocument.objects.create(title="l", file=ContentFile(VTT, name="l.vtt"))

        assert VideoFileBlock().clean(video) == video
        assert CaptionsFileBlock().clean(words) == words
        with pytest.raises(ValidationError, match="mp4, webm"):
            VideoFileBlock().clean(words)
        with pytest.raises(ValidationError, match="vtt"):
            CaptionsFileBlock().clean(video)
