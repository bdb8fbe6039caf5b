"""Whether somebody keeps the vault's keys: asked before a server serves."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured

from privacy.keyring import keyring


@register(Tags.security, deploy=True)
def check_keepers(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Settings name a key service, or master keys that are some; nobody is asked for a key."""
    try:
        keyring()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="privacy.E001")]
    return []
