"""How a question to Google may end other than with an answer."""

from typing import ClassVar

from reviews.enums import Refusal


class NoAnswer(Exception):
    """Google did not do what it was asked. It never says what was asked or answered."""


class Unavailable(NoAnswer):
    """No answer, or none that makes sense: the same question may be answered later."""


class Later(NoAnswer):
    """Nothing may be asked for the next `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:.0f} s")
        self.seconds = seconds


class TooMany(Later):
    """The quota is used up; without `is_told`, Google did not say for how long."""

    def __init__(self, seconds: float, *, is_told: bool = True) -> None:
        super().__init__(seconds)
        self.is_told = is_told


class Unauthenticated(NoAnswer):
    """The access token is not, or no longer, good."""


class Disconnected(NoAnswer):
    """The consent was taken back, or has ended: only a person can give another."""


class BadRequest(NoAnswer):
    """Google understood, and calls the question wrong: such as a token of a page that is old."""


class Gone(NoAnswer):
    """What was asked for is not there."""


class WrongAddress(NoAnswer):
    """Nobody who speaks this language is at that address: our settings, or Google's, changed."""


class Refused(NoAnswer):
    """Google knows who asks, and will not."""

    default: ClassVar[Refusal] = Refusal.FORBIDDEN

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal.value))
        self.refusal = refusal
