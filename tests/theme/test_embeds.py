import pytest
from wagtail.blocks.struct_block import StructBlockValidationError

from tenancy.context import tenant_scope
from theme.blocks import EmbedBlock
from theme.embeds import ORIGINS, Embed, embed_of
from theme.models import SiteImage


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://m.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ&t=3s",
        "https://youtu.be/dQw4w9WgXcQ?si=abc",
        "https://youtube.com/shorts/dQw4w9WgXcQ",
    ],
)
def test_youtube_s_pages_lead_to_its_frame_without_cookies(url):
    src = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1&rel=0"

    assert embed_of(url) == Embed("YouTube", src)


def test_vimeo_s_unlisted_videos_keep_their_secret():
    src = "https://player.vimeo.com/video/22439234?dnt=1&autoplay=1"

    assert embed_of("https://vimeo.com/22439234") == Embed("Vimeo", src)
    assert embed_of("https://vimeo.com/22439234/0a1b2c3d4e") == Embed(
        "Vimeo", f"{src}&h=0a1b2c3d4e"
    )


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com/",
        "https://www.youtube.com/watch?v=short",
        "https://youtube.com.example.com/watch?v=dQw4w9WgXcQ",
        "https://example.com/?u=https://youtu.be/dQw4w9WgXcQ",
        "https://vimeo.com/channels/staffpicks",
        "javascript:alert(1)//https://vimeo.com/22439234",
    ],
)
def test_other_addresses_are_no_videos_of_ours(url):
    assert embed_of(url) is None


@pytest.mark.parametrize("url", ["https://youtu.be/dQw4w9WgXcQ", "https://vimeo.com/22439234"])
def test_frames_are_of_the_origins_that_the_policy_names(url, settings):
    found = embed_of(url)

    assert found.src.startswith(tuple(f"{origin}/" for origin in ORIGINS))
    assert f"frame-src {' '.join(ORIGINS)};" in settings.GUEST_CSP


@pytest.mark.django_db
def test_editors_are_told_at_the_field_which_sites_may_be_shown(lua):
    block = EmbedBlock()
    with tenant_scope(lua):
        poster = SiteImage.objects.create(title="Capa", width=1, height=1, file="capa.png")
    value = block.normalize(
        {"heading": "Vídeo", "text": "", "url": "https://example.com/video", "poster": poster}
    )

    with tenant_scope(lua), pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)

    assert "YouTube, Vimeo" in str(refused.value.block_errors["url"])
