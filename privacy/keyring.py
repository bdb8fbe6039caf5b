"""Which key services the settings name."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from privacy.clients.kms import AwsKms
from privacy.keys import Keeper, KeyFile, Keyring, make_key_file, masters


def keyring() -> Keyring:
    """Return the key services: KMS first, then master keys of ours.

    Raises `ImproperlyConfigured` where none is named, or a master key is none.
    """
    keepers: list[Keeper] = [*map(AwsKms, settings.KMS_KEY_ID), *map(KeyFile, _masters())]
    if not keepers:
        raise ImproperlyConfigured(
            "Nobody keeps the vault's keys: set KMS_KEY_ID, VAULT_KEY_FILE or VAULT_KEY."
        )
    return Keyring(keepers)


def _masters() -> list[bytes]:
    """Return the master keys that are named; where nobody is, those of a file of our own.

    There is such a file on developers' machines and in the demo only. Files are read each time,
    so that a key need not be in memory for longer than it is used.
    """
    texts = [settings.VAULT_KEY] if settings.VAULT_KEY else []
    if settings.VAULT_KEY_FILE:
        texts.append(_text_of(Path(settings.VAULT_KEY_FILE)))
    elif settings.VAULT_OWN_KEY_FILE and not (texts or settings.KMS_KEY_ID):
        make_key_file(settings.VAULT_OWN_KEY_FILE)
        texts.append(_text_of(settings.VAULT_OWN_KEY_FILE))
    try:
        return [master for text in texts for master in masters(text)]
    except ValueError as error:
        raise ImproperlyConfigured(f"The vault's master key: {error}") from error


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not plain text"
        raise ImproperlyConfigured(f"The vault's key file {path}: {reason}.") from None
