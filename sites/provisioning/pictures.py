"""The pictures beside a provisioning file."""

import warnings
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image
from pydantic import ValidationInfo

from sites.provisioning.values import NotAccepted

FORMATS = ("AVIF", "GIF", "JPEG", "PNG", "WEBP")
"""What is tried: Pillow knows many more formats, some of which run other programs."""


def picture_file(value: Any, info: ValidationInfo) -> Path:
    """Return the absolute path of a picture that is fit for the site, or raise `NotAccepted`.

    The validation's context has the folder of the file, which the picture must be in.
    """
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise NotAccepted(_("Escreva o caminho da imagem, como “fotos/suite.jpg”."))
    folder = Path((info.context or {}).get("folder", ".")).resolve()
    path = _inside(folder, value.strip())
    _check_size(path)
    _check_decodes(path)
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
    if path.suffix.lower().removeprefix(".") not in settings.WAGTAILIMAGES_EXTENSIONS:
        allowed = ", ".join(settings.WAGTAILIMAGES_EXTENSIONS)
        raise NotAccepted(_("O nome da imagem tem de terminar em: %s.") % allowed)
    return path


def _check_size(path: Path) -> None:
    limit = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
    if path.stat().st_size > limit:
        raise NotAccepted(_("A imagem tem mais de %d MB.") % (limit // 1024**2))


def _check_decodes(path: Path) -> None:
    """Read the picture to its end: a header alone says nothing about a cut file."""
    limit = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
    try:
        with warnings.catch_warnings():
            # Our own limit, below, is the lower one.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path, formats=FORMATS) as image:
                too_large = image.width * image.height > limit
                if not too_large:
                    image.load()
    except Image.DecompressionBombError:
        too_large = True
    except (OSError, ValueError, SyntaxError, EOFError):
        raise NotAccepted(_("A imagem está danificada ou não é de um formato aceito.")) from None
    if too_large:
        raise NotAccepted(_("A imagem tem mais de %d milhões de pixels.") % (limit // 10**6))
