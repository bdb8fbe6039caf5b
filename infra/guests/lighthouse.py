"""`./run lighthouse`: the demo's pages as Lighthouse's phone finds them."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from infra.guests.browser import FLAGS, chromium
from infra.guests.pages import MAIN_LANGUAGE, GuestPage
from infra.guests.pictures import models
from infra.guests.report import Measurement, report
from infra.guests.served import Served, demo_served
from infra.local.checkout import ROOT, Checkout, make_directory
from infra.local.console import Problem, say
from theme.enums import Theme

VERSION = "12.8.2"
KINDS = ("homepage", "suiteindexpage", "suitepage", "promotionpage")
RUNS = 3
ATTEMPTS = 3
"""How often a run may fail: on a busy machine the browser loses its own trace."""
WRITTEN = ROOT / "docs" / "lighthouse.md"
NOTES = "\n## Notes\n"
CATEGORIES = "performance,accessibility,best-practices,seo"
TIMEOUT = 300.0


def measure() -> int:
    """Measure each kind of page in each theme, write the medians down, tell what failed."""
    chromium()
    program = lighthouse()
    found = []
    with demo_served() as demo:
        pages = [page for page in demo.pages if page.language == MAIN_LANGUAGE]
        for theme in Theme.values:
            demo.wear(theme)
            for page in models(pages, theme, set()):
                if page.kind in KINDS:
                    say(f"{theme} · {page.kind} · {demo.url(page)}")
                    found.append(Measurement(theme, page.kind, list(runs(program, page, demo))))
    WRITTEN.write_text(report(VERSION, RUNS, found) + notes(), encoding="utf-8")
    for measurement in found:
        for line in measurement.complaints:
            say(line)
    say(f"Written to {WRITTEN.relative_to(ROOT)}; whole reports are in {reports()}.")
    return 0


def notes() -> str:
    """Return what people wrote under the table, which stays."""
    _table, heading, text = WRITTEN.read_text(encoding="utf-8").partition(NOTES)
    return heading + text


def runs(program: Path, page: GuestPage, demo: Served) -> Iterator[dict[str, Any]]:
    """Yield what each run found; one before them warms the server."""
    for number in range(RUNS + 1):
        result = run(program, demo.url(page), reports() / f"{page.site}-{page.kind}.json")
        if number:
            yield result


def run(program: Path, url: str, output: Path) -> dict[str, Any]:
    """Let Lighthouse, as a phone, look at an address; return all that it says."""
    flags = " ".join(("--headless=new", *FLAGS))
    command = ["node", str(program), url, "--quiet", "--no-enable-error-reporting"]
    command += ["--output=json", f"--output-path={output}", f"--only-categories={CATEGORIES}"]
    command += [f"--chrome-flags={flags}"]
    environ = os.environ | {"CHROME_PATH": chromium()}
    for _attempt in range(ATTEMPTS):
        done = subprocess.run(
            command, env=environ, capture_output=True, text=True, timeout=TIMEOUT, check=False
        )
        if done.returncode == 0:
            result: dict[str, Any] = json.loads(output.read_text(encoding="utf-8"))
            return result
    raise Problem(f"Lighthouse cannot look at {url}: {done.stderr.strip()[-500:]}")


def lighthouse() -> Path:
    """Return Lighthouse's program, installed if need be; raise `Problem` where it cannot be."""
    for name in ("node", "npm"):
        if shutil.which(name) is None:
            raise Problem(f"{name} is not here: install Node.js 18.20 or newer, with npm.")
    folder = make_directory(Checkout.from_environment(os.environ).var / "lighthouse")
    package = folder / "node_modules" / "lighthouse"
    if not is_there(package):
        say(f"Installing Lighthouse {VERSION} …")
        npm = ["npm", "install", "--no-save", "--no-audit", "--no-fund", f"--prefix={folder}"]
        done = subprocess.run([*npm, f"lighthouse@{VERSION}"], check=False)
        if done.returncode != 0 or not is_there(package):
            raise Problem(f"npm cannot install lighthouse@{VERSION}: is there a network?")
    return package / "cli" / "index.js"


def is_there(package: Path) -> bool:
    about = package / "package.json"
    return about.exists() and json.loads(about.read_text())["version"] == VERSION


def reports() -> Path:
    var = Checkout.from_environment(os.environ).var
    return make_directory(var / "lighthouse" / "reports")
