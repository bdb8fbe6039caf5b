"""A corpus of bad files is refused or cleaned, in bounded time and memory."""

import re
import subprocess
import sys
import time
from io import BytesIO

import pytest
from PIL import Image

from tests.theme.drawing import SECRET, with_place
from tests.ugc.badfiles import CORPUS, KINDS, SCRIPT
from tests.ugc.sending import photo
from ugc import imaging
from ugc.enums import Problem
from ugc.imaging import process
from ugc.imaging.process import PATIENCE, regions_of
from ugc.rules.sniffing import HEAD, problem_of

MOST_MEMORY = 700 * 1024**2
"""Of the process in which a picture is opened; its address space is bounded by itself."""

WATCHED = (
    "import atexit, sys; "
    "atexit.register(lambda: sys.stderr.write(open('/proc/self/status').read()))"
)


def outcome(content: bytes) -> str | imaging.Taken:
    """Return what becomes of a file: why it is refused, or the picture that is left of it."""
    if problem := problem_of(content[:HEAD], len(content)):
        return f"at once: {problem}"
    try:
        return imaging.take(content)
    except imaging.Broken as broken:
        return f"when read: {broken.problem}"


@pytest.fixture
def peaks(monkeypatch) -> list[int]:
    """Return what the most memory was, in kB, of each process that came to its end by itself.

    What the system says of children has their parent's memory in it, before they begin.
    """
    found: list[int] = []
    plain = subprocess.run

    def run(*args, **kwargs):
        done = plain(*args, **kwargs)
        found.extend(int(each) for each in re.findall(rb"VmHWM:\s+(\d+) kB", done.stderr or b""))
        return done

    monkeypatch.setattr(process.subprocess, "run", run)
    monkeypatch.setattr(process, "STARTER", f"{WATCHED}; {process.STARTER}")
    return found


@pytest.mark.parametrize("bad", CORPUS, ids=str)
def test_a_bad_file_is_refused_or_cleaned_in_bounded_time_and_memory(bad, peaks):
    content = bad.make()
    began = time.monotonic()
    found = outcome(content)

    assert time.monotonic() - began < PATIENCE
    assert max(peaks, default=0) * 1024 < MOST_MEMORY
    if isinstance(found, imaging.Taken):
        assert peaks
        assert (bad.at_once, bad.when_read) == ("", frozenset())
        assert_clean(found)
    else:
        expected = {f"when read: {problem}" for problem in bad.when_read}
        assert found in (expected or {f"at once: {bad.at_once}"})


def assert_clean(taken: imaging.Taken) -> None:
    """Hold that a picture was drawn anew, with nothing beside its pixels."""
    with Image.open(BytesIO(taken.content)) as image:
        assert image.format == "WEBP"
        assert set(image.info) <= {"loop", "background"}
        assert image.size == (taken.width, taken.height)
    for beside in (SECRET, SCRIPT, b"EXIF"):
        assert beside not in taken.content


def test_the_corpus_has_all_that_strangers_are_known_to_send():
    assert {bad.kind for bad in CORPUS} >= KINDS


def test_what_was_held_sideways_is_upright():
    taken = imaging.take(with_place("jpg", orientation=6))

    assert taken.height > taken.width


def test_a_large_photo_is_kept_no_larger_than_it_is_shown():
    taken = imaging.take(photo((4000, 3000)))

    assert (taken.width, taken.height) == (2048, 1536)


def test_a_region_is_blurred_beyond_recognition_and_the_rest_is_as_it_was():
    image = Image.effect_noise((400, 400), 120).convert("RGB")
    target = BytesIO()
    image.save(target, "PNG")
    (narrow, wide) = imaging.blur(target.getvalue(), [(250, 250, 500, 500)])

    with Image.open(BytesIO(wide.content)) as drawn:
        inner = drawn.crop((120, 120, 280, 280)).convert("L")
        outer = drawn.crop((0, 0, 40, 400)).convert("L")
        assert spread(inner) < 12
        assert spread(outer) > 60
    assert (narrow.width, wide.width) == (400, 400)


def spread(image: Image.Image) -> int:
    """Return how far apart neighbours are, at most, over a picture."""
    pixels = image.load()
    return max(
        abs(pixels[x, y] - pixels[x + 1, y])
        for x in range(image.width - 1)
        for y in range(0, image.height, 7)
    )


def test_the_process_of_its_own_knows_no_secret_and_can_write_nothing():
    asked = (
        f"import sys; sys.path.insert(0, {str(process.CHILD.parent)!r});"
        "import child, os, resource; child.limit();"
        "print(sorted(os.environ)); print(resource.getrlimit(resource.RLIMIT_FSIZE));"
        "print('django' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-B", "-c", asked],
        env=process.SAFE,
        capture_output=True,
        text=True,
        check=True,
    )

    environment, size, django = done.stdout.splitlines()
    allowed = {"HOME", "LANG", "LC_CTYPE", "OPENBLAS_NUM_THREADS", "PATH"}
    assert set(eval(environment)) <= allowed  # noqa: S307 (what we printed)
    assert (size, django) == ("(0, 0)", "False")


def test_a_photo_that_keeps_the_process_busy_is_given_up(monkeypatch):
    monkeypatch.setattr(process, "PATIENCE", 0.01)
    with pytest.raises(imaging.Broken) as raised:
        imaging.take(photo())

    assert raised.value.problem == Problem.BUSY


def test_what_the_process_answers_is_not_believed():
    for said in (b"", b"{}", b'{"lengths": [-1]}\n', b'{"lengths": [9]}\nshort', b"[]\n"):
        with pytest.raises(imaging.Broken):
            process._read(said)


def test_regions_lie_in_their_picture():
    assert regions_of([[-5, 10, 2000, 1]]) == ((0, 10, 1000, 1),)
    for wrong in ([[1, 2, 3]], "text", [[1, 2, 3, 4]] * 61, [["a", 1, 1, 1]]):
        with pytest.raises((ValueError, TypeError)):
            regions_of(wrong)


def test_nobody_looks_where_the_library_is_missing(monkeypatch):
    without = f"import sys; sys.modules['cv2'] = None; {process.STARTER}"
    monkeypatch.setattr(process, "STARTER", without)
    taken = imaging.take(photo())

    assert (taken.regions, taken.detector) == ((), "")
