"""The pictures beside a provisioning file."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationInfo

from sites.provisioning.values import NotAccepted
from theme import uploads


def picture_file(value: Any, info: ValidationInfo) -> Path:
    """Return the absolute path of a picture that is fit for the site, or raise `NotAccepted`.

    The validation's context has the folder of the file, which the picture must be in.
    """
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise NotAccepted(_("Escreva o caminho da imagem, como “fotos/suite.jpg”."))
    folder = Path((info.context or {}).get("folder", ".")).resolve()
    path = _inside(folder, value.strip())
    try:
        with path.open("rb") as file:
            uploads.check(file, path.name)
    except uploads.BadPicture as error:
        raise NotAccepted(error.messages[0]) from None
    return path


def _inside(folder: Path, name: str) -> Path:
    try:
        path = (folder / name).resolve()
        exists = path.is_file()
    except (OSError, RuntimeError):
        exists, path = False, folder
    if not path.is_relative_to(folder):
        raise NotAccepted(_("A imagem tem de estar na pasta deste arquivo."))
    if not exists:
        raise NotAccepted(_("Não há imagem neste caminho, contado da pasta deste arquivo."))
    return path
