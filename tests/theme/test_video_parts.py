"""A guest's player asks for parts of a motel's video."""

import pytest
from django.core.files.base import ContentFile

from tenancy.context import tenant_scope
from theme.models import SiteDocument

CONTENT = b"\x00\x00\x00\x20ftypisom" + bytes(range(200))
SIZE = len(CONTENT)


@pytest.fixture
def video(lua) -> str:
    with tenant_scope(lua):
        file = ContentFile(CONTENT, name="suite.mp4")
        return SiteDocument.objects.create(title="Suíte", file=file).url


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [("0-", 0, SIZE), ("0-1", 0, 2), ("100-149", 100, 150), ("-10", SIZE - 10, SIZE)],
)
def test_a_part_is_given_and_named(guest, video, asked, start, stop):
    response = guest("lua.localhost").get(video, headers={"range": f"bytes={asked}"})

    assert response.status_code == 206
    assert response.getvalue() == CONTENT[start:stop]
    assert response.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{SIZE}"
    assert response.headers["Content-Length"] == str(stop - start)
    assert response.headers["Content-Type"] == "video/mp4"


@pytest.mark.parametrize("headers", [{}, {"range": "bytes=0-1,5-6"}, {"range": "lines=1-2"}])
def test_what_is_no_single_part_gets_the_whole(guest, video, headers):
    response = guest("lua.localhost").get(video, headers=headers)

    assert response.status_code == 200
    assert response.headers["Accept-Ranges"] == "bytes"
    assert response.getvalue() == CONTENT


def test_a_part_of_an_earlier_version_gets_the_whole(guest, video):
    headers = {"range": "bytes=0-1", "if-range": '"another"'}

    response = guest("lua.localhost").get(video, headers=headers)

    assert response.status_code == 200
    assert response.getvalue() == CONTENT


@pytest.mark.parametrize("asked", [f"{SIZE}-", "9-3", "-0", "-"])
def test_a_part_that_is_not_there_is_refused(guest, video, asked):
    response = guest("lua.localhost").get(video, headers={"range": f"bytes={asked}"})

    assert response.status_code == 416
    assert response.headers["Content-Range"] == f"bytes */{SIZE}"
