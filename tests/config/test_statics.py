"""Static files are found by a neighbouring release's names as well, and kept by nobody then."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from config.statics import StaticFilesMiddleware

OURS = "/static/theme/main.0123456789ab.css"
OTHERS = "/static/theme/main.ba9876543210.css"
MISSING = 404


@pytest.fixture
def middleware(settings: Any, tmp_path: Path) -> StaticFilesMiddleware:
    """Return one over collected files, as in production."""
    manifest = {"paths": {"theme/main.css": "theme/main.0123456789ab.css"}, "version": "1.1"}
    (tmp_path / "staticfiles.json").write_text(json.dumps(manifest))
    (tmp_path / "theme").mkdir()
    for name in ("main.css", "main.0123456789ab.css"):
        (tmp_path / "theme" / name).write_text("body { color: black }")
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_USE_FINDERS = False
    storage = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": storage}
    return StaticFilesMiddleware(lambda request: HttpResponse(status=MISSING))


def get(middleware: StaticFilesMiddleware, path: str, **headers: str) -> Any:
    return middleware(RequestFactory().get(path, headers=headers))


def test_a_file_of_this_release_is_kept_for_ever(middleware):
    assert "immutable" in get(middleware, OURS).headers["Cache-Control"]


def test_a_file_of_another_release_is_ours_and_kept_by_nobody(middleware):
    ours, others = get(middleware, OURS), get(middleware, OTHERS)
    assert others.status_code == 200
    assert others.headers["Cache-Control"] == "no-store"
    assert others.headers["Content-Type"] == ours.headers["Content-Type"]
    assert others.getvalue() == ours.getvalue()
    assert "immutable" in get(middleware, OURS).headers["Cache-Control"]


def test_a_file_of_another_release_that_is_still_there_is_its_own(settings, middleware, tmp_path):
    (tmp_path / "theme/main.ba9876543210.css").write_text("body { color: white }")
    again = StaticFilesMiddleware(middleware.get_response)
    assert b"white" in get(again, OTHERS).getvalue()


@pytest.mark.parametrize(
    "path",
    [
        "/static/theme/other.ba9876543210.css", "/static/theme/main.ba98.css",
        "/static/theme/main.ba9876543210.js", "/theme/main.ba9876543210.css",
        "/static/../theme/main.ba9876543210.css", "/",
    ],
)  # fmt: skip
def test_what_has_no_other_name_is_not_found(middleware, path):
    assert get(middleware, path).status_code == MISSING


def test_where_names_have_no_digests_nothing_is_guessed(settings, middleware):
    storage = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": storage}
    assert get(middleware, OTHERS).status_code == MISSING
