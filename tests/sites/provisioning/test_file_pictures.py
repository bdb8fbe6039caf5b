"""The pictures that a file names are looked at before anything is written."""

import os
from pathlib import Path

import pytest

from tests.sites.provisioning.examples import accepted, changed, draw, refused


def test_picture_is_found_beside_the_file(tmp_path):
    draw(tmp_path / "fotos" / "luxo.jpg")

    company = accepted(tmp_path, _with_picture("fotos/luxo.jpg"))

    (picture,) = company.properties[0].suite_types[0].pictures
    assert picture.file == (tmp_path / "fotos" / "luxo.jpg").resolve()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("none.jpg", "Não há imagem"),
        ("", "caminho"),
        ("\\u0000", "caminho"),
        ("x" * 300 + ".jpg", "Não há imagem"),
        ("../outside.jpg", "na pasta"),
        ("/etc/hosts", "na pasta"),
        ("link.jpg", "na pasta"),
        ("luxo.bmp", "terminar em"),
        ("text.jpg", "danificada"),
        ("cut.jpg", "danificada"),
        ("heavy.png", "15 MB"),
        ("wide.png", "50 milhões"),
    ],
)
def test_unfit_picture_is_refused(tmp_path, name, reason):
    folder = tmp_path / "company"
    _unfit_pictures(folder)

    ((line, field, found),) = refused(folder, _with_picture(name))

    assert (line, field) == (35, "properties[0].suite_types[0].pictures[0].file")
    assert reason in found


def test_picture_has_one_description_in_a_motel(tmp_path):
    draw(tmp_path / "a.jpg")
    both = [f'{{ file = "a.jpg", alt = {{ pt = "{words}" }} }}' for words in ("Um", "Dois")]
    pictures = f"pictures = [{', '.join(both)}]"

    ((_line, field, _reason),) = refused(tmp_path, changed(("prices =", f"{pictures}\nprices =")))

    assert field == "properties[0].suite_types[0].pictures[1].alt"


def _with_picture(name: str) -> str:
    pictures = f'pictures = [{{ file = "{name}", alt = {{ pt = "A suíte" }} }}]'
    return changed(("prices =", f"{pictures}\nprices ="))


def _unfit_pictures(folder: Path) -> None:
    draw(folder.parent / "outside.jpg")
    draw(folder / "luxo.bmp")
    draw(folder / "whole.jpg", (400, 400))
    draw(folder / "wide.png", (10_000, 5_001))
    (folder / "link.jpg").symlink_to("../outside.jpg")
    (folder / "text.jpg").write_text("no picture")
    whole = (folder / "whole.jpg").read_bytes()
    (folder / "cut.jpg").write_bytes(whole[: len(whole) // 2])
    with (folder / "heavy.png").open("wb") as file:
        os.truncate(file.fileno(), 15 * 1024 * 1024 + 1)
