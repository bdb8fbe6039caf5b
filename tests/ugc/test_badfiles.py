"""A corpus of bad files is refused or cleaned, in bounded time and memory."""

import resource
import subprocess
import sys
import time
from io import BytesIO

import pytest
from PIL import Image

from tests.theme.drawing import SECRET
from tests.ugc.badfiles import CLEANED, REFUSED_AT_ONCE, REFUSED_WHEN_READ, SCRIPT
from tests.ugc.sending import photo
from ugc import imaging
from ugc.enums import Problem
from ugc.imaging import child, process
from ugc.imaging.process import PATIENCE, regions_of
from ugc.rules.sniffing import HEAD, problem_of


@pytest.mark.parametrize("name", REFUSED_AT_ONCE)
def test_the_form_refuses_by_the_first_bytes(name):
    make, problem = REFUSED_AT_ONCE[name]
    content = make()

    assert problem_of(content[:HEAD], len(content)) == problem


@pytest.mark.parametrize("name", [*REFUSED_WHEN_READ, *CLEANED])
def test_what_begins_like_a_photo_is_left_to_be_read(name):
    made = {**{key: make for key, (make, _problems) in REFUSED_WHEN_READ.items()}, **CLEANED}
    content = made[name]()

    assert problem_of(content[:HEAD], len(content)) is None


@pytest.mark.parametrize("name", REFUSED_WHEN_READ)
def test_what_is_no_photo_is_found_out_in_bounded_time_and_memory(name):
    make, problems = REFUSED_WHEN_READ[name]
    content = make()
    began = time.monotonic()
    with pytest.raises(imaging.Broken) as raised:
        imaging.take(content)

    assert raised.value.problem in problems
    assert time.monotonic() - began < PATIENCE
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    assert peak < child.MEMORY


@pytest.mark.parametrize("name", CLEANED)
def test_of_what_was_beside_a_photo_nothing_is_left(name):
    taken = imaging.take(CLEANED[name]())

    with Image.open(BytesIO(taken.content)) as image:
        assert image.format == "WEBP"
        assert set(image.info) <= {"loop", "background"}
        assert image.size == (taken.width, taken.height)
    assert SECRET not in taken.content
    assert SCRIPT not in taken.content
    assert b"EXIF" not in taken.content


def test_what_was_held_sideways_is_upright():
    taken = imaging.take(CLEANED["turned"]())

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
