"""Guests' scripts are few, small, and modules."""

import gzip
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MOST_BYTES = 15_000
DEVELOPERS = {"config/api_docs.html"}
"""Pages for those who write programs: what django-ninja brings for them is no module."""
ALLOWED = re.compile(r'type="(module|application/ld\+json)"')


def test_all_scripts_together_are_small():
    found = [
        path for path in ROOT.glob("*/static/**/*.js") if path.relative_to(ROOT).parts[0] != "var"
    ]
    scripts = [path.read_bytes() for path in found]

    assert sum(len(gzip.compress(script)) for script in scripts) <= MOST_BYTES


def test_templates_load_scripts_as_modules_only():
    folder = ROOT / "theme/templates"
    templates = [
        path.read_text(encoding="utf-8")
        for path in folder.glob("**/*.html")
        if str(path.relative_to(folder)) not in DEVELOPERS
    ]
    tags = [tag for text in templates for tag in re.findall(r"<script\b[^>]*>", text)]

    assert templates
    assert [tag for tag in tags if not ALLOWED.search(tag)] == []
