import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from tenancy.context import tenant_scope
from theme.blocks.choosers import CaptionsFileBlock, VideoFileBlock
from theme.media import extension_of, is_what_it_says
from theme.models import SiteDocument

MP4 = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41"
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm\x42\x87"
VTT = "\ufeffWEBVTT\n\n00:00.000 --> 00:02.000\nOi".encode()


@pytest.mark.parametrize(
    ("name", "head"),
    [("a.mp4", MP4), ("a.WEBM", WEBM), ("a.vtt", VTT), ("a.vtt", b"WEBVTT"), ("a.pdf", b"%PDF")],
)
def test_files_that_are_what_they_say(name, head):
    assert is_what_it_says(name, head)


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("a.mp4", WEBM),
        ("a.webm", MP4),
        ("a.mp4", b"<script>"),
        ("a.vtt", b"<html>"),
        ("a.mp4", b""),
    ],
)
def test_files_that_are_something_else(name, head):
    assert not is_what_it_says(name, head)


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
