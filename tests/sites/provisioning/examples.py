"""The smallest file that is accepted, and changes to it."""

from pathlib import Path

from PIL import Image

from sites.provisioning.reader import FileRefused, read
from sites.provisioning.schema import CompanyFile

SMALLEST = """\
format = 1

[company]
slug = "nova"
name = "Grupo Nova"
legal_name = "Nova Hospedagem Ltda."
cnpj = "11.222.333/0001-81"

[[people]]
name = "Ana Prado"
email = "ana@nova.test"
role = "owner"

[[features]]
slug = "sauna"
name = { pt = "Sauna" }

[[inclusions]]
slug = "cafe"
name = { pt = "Café da manhã" }

[[properties]]
slug = "nova"
name = "Motel Nova"
address = { city = "Belém", state = "PA" }
stays = [
  { slug = "2h", kind = "period", minutes = 120 },
  { slug = "noite", kind = "window", starts_at = "22:00", ends_at = "12:00" },
]
special_days = [{ slug = "namorados", name = { pt = "Dia dos Namorados" }, date = "06-12" }]

[[properties.suite_types]]
slug = "luxo"
name = { pt = "Luxo" }
prices = [
  { stay = "2h", price = 76 },
]
"""


def changed(*changes: tuple[str, str]) -> str:
    """Return the smallest file with each first text, which must be in it, become the second."""
    text = SMALLEST
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    return text


def accepted(folder: Path, text: str) -> CompanyFile:
    path = folder / "company.toml"
    path.write_text(text, encoding="utf-8")
    return read(path)


def refused(folder: Path, text: str) -> list[tuple[int, str, str]]:
    """Return line, field and reason of each problem; the file must have one."""
    try:
        accepted(folder, text)
    except FileRefused as error:
        return [(p.line, p.field, p.reason) for p in error.problems]
    raise AssertionError("the file was accepted")


def draw(path: Path, size: tuple[int, int] = (8, 8)) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("L", size, "navy").save(path)
