"""What a signed code's QR code holds comes out as it went in."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from promotions.rules import tokens
from promotions.rules.codes import generate
from promotions.rules.tokens import MOST_GIVES, PREFIX, Token

SIGNATURE = bytes(range(64))
ENDS = st.none() | st.integers(1, 2**32 - 1).map(lambda each: datetime.fromtimestamp(each, UTC))


@given(st.integers(0, 2**16 - 1), st.uuids(), st.uuids(), ENDS, st.text(max_size=120))
def test_a_token_is_read_as_it_was_written(epoch, house, coupon, ends_at, gives):
    token = Token(epoch, generate("TERCA"), house, coupon, ends_at, gives)
    read, message, signature = tokens.read(tokens.written(token.message(), SIGNATURE).lower())

    assert (message, signature) == (token.message(), SIGNATURE)
    assert gives.startswith(read.gives)
    assert len(read.gives.encode()) <= MOST_GIVES
    assert vars(read) | {"gives": gives} == vars(token)


def test_an_end_that_does_not_fit_is_written_as_the_last_one_that_does():
    house, coupon, far = UUID(int=1), UUID(int=2), datetime(2126, 1, 1, tzinfo=UTC)

    message = Token(1, "TERCA", house, coupon, far, "").message()

    read, _message, _signature = tokens.read(tokens.written(message, SIGNATURE))
    assert read.ends_at == datetime(2106, 2, 7, 6, 28, 15, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", PREFIX, f"{PREFIX}ABC", f"{PREFIX}A1", f"{PREFIX}{'A' * 99}"])
def test_what_is_no_token_is_said_to_be_none(text):
    with pytest.raises(ValueError, match="no token"):
        tokens.read(text)


def test_a_token_is_a_qr_code_that_a_telephone_can_read():
    token = Token(1, generate("PROMOCAO2026"), UUID(int=1), UUID(int=2), None, "ã" * 99)
    drawn = segno.make_qr(tokens.written(token.message(), SIGNATURE), error="m")

    assert drawn.mode == "alphanumeric"
    assert drawn.version <= 11
