"""AWS KMS, of which we use two things: to make a wrapped key, and to unwrap it.

A call is tried three times within seconds. If the service stays away, further calls fail at once
for a while. What it says of a failure is passed on as its code alone.
"""

from functools import lru_cache
from typing import Any

import boto3
import pybreaker
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, ParamValidationError
from django.conf import settings

from privacy.keys import Context, DataKey, Mismatch, Refused, Unavailable

PATIENCE = Config(
    connect_timeout=1.5,
    read_timeout=3.0,
    retries={"mode": "standard", "total_max_attempts": 3},
)
"""Seconds, and how often a call is tried that was not answered, throttled or went wrong."""

FOREIGN = {"InvalidCiphertextException", "IncorrectKeyException"}
"""Wrapped for another context, by another key, or damaged."""
REFUSALS = FOREIGN | {
    "AccessDeniedException",  # also said of a key that is not the one which wrapped
    "DisabledException",
    "IncompleteSignature",
    "InvalidAction",
    "InvalidClientTokenId",
    "InvalidGrantTokenException",
    "InvalidKeyUsageException",
    "InvalidSignatureException",
    "KMSInvalidStateException",  # such as: to be deleted
    "NotFoundException",
    "OptInRequired",
    "UnrecognizedClientException",
    "ValidationException",
}
"""What no repetition mends. All else may pass."""

breaker = pybreaker.CircuitBreaker(fail_max=3, reset_timeout=15, exclude=[Refused], name="kms")


class AwsKms:
    """One key of KMS, by its id, ARN or alias."""

    def __init__(self, key_id: str) -> None:
        self._key_id = key_id

    def generate(self, context: Context) -> DataKey:
        answer = self._ask("generate_data_key", context, KeySpec="AES_256")
        return DataKey(plain=answer["Plaintext"], wrapped=answer["CiphertextBlob"])

    def unwrap(self, wrapped: bytes, context: Context) -> bytes:
        answer = self._ask("decrypt", context, CiphertextBlob=wrapped)
        plain: bytes = answer["Plaintext"]
        return plain

    def _ask(self, operation: str, context: Context, **given: Any) -> Any:
        try:
            return breaker.call(self._ask_once, operation, EncryptionContext=dict(context), **given)
        except pybreaker.CircuitBreakerError:
            raise Unavailable("No answer in the last moments.") from None

    def _ask_once(self, operation: str, **given: Any) -> Any:
        """Ask, always with the key: nothing that another one wrapped is taken."""
        try:
            return getattr(_client(), operation)(KeyId=self._key_id, **given)
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            raise _kind_of(code)(code) from None
        except ParamValidationError:
            raise Mismatch("ParamValidation") from None
        except BotoCoreError as error:
            raise Unavailable(type(error).__name__) from None


def _kind_of(code: str) -> type[Unavailable | Refused]:
    if code in FOREIGN:
        return Mismatch
    return Refused if code in REFUSALS else Unavailable


def _client() -> Any:
    return _client_of(
        settings.KMS_ENDPOINT_URL or None,
        settings.KMS_REGION or None,
        settings.KMS_ACCESS_KEY_ID or None,
        settings.KMS_SECRET_ACCESS_KEY or None,
    )


@lru_cache(maxsize=4)
def _client_of(
    endpoint: str | None, region: str | None, access_key: str | None, secret_key: str | None
) -> Any:
    """Return a client, which threads may share; to make one takes a tenth of a second."""
    return boto3.session.Session().client(
        "kms",
        endpoint_url=endpoint,
        region_name=region,
        aws_access_key_id=access_key,
        aws_secret_access_key=secret_key,
        config=PATIENCE,
    )
