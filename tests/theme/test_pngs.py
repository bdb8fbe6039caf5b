"""How much a PNG's compressed data may be."""

from io import BytesIO

import pytest
from PIL import Image

from tests.theme import drawing
from theme.pngs import overflows

ROWS = 10 * (1 + 10 * 3)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
@pytest.mark.parametrize("size", [(1, 1), (9, 5), (40, 300)])
def test_what_a_picture_is_fits(mode, size):
    target = BytesIO()
    Image.new(mode, size).save(target, "PNG")

    assert not overflows(target.getvalue())


def test_what_is_beyond_the_picture_does_not():
    assert not overflows(drawing.hidden_bomb(ROWS))
    assert overflows(drawing.hidden_bomb(ROWS + 1))
    assert overflows(drawing.hidden_bomb(200_000_000))


@pytest.mark.parametrize("content", [b"", drawing.drawn("jpg"), drawing.drawn("png")[:20]])
def test_what_is_no_whole_png_is_left_to_decoders(content):
    assert not overflows(content)
