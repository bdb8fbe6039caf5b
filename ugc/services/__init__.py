"""What can be done with what guests send, one verb each."""

from ugc.services.changing import change
from ugc.services.consents import WordingChanged
from ugc.services.deciding import Impossible, escalate, publish, refuse, unlock
from ugc.services.expiring import expire_waiting
from ugc.services.intake import Given, Receipt, receipt_of, receive
from ugc.services.leaving import end_all_of, erase, sweep, withdraw
from ugc.services.letters import put_off, send
from ugc.services.marking import mark
from ugc.services.partners import answer
from ugc.services.reading import read_photos
from ugc.services.removing import remove_photo

__all__ = [
    "Given",
    "Impossible",
    "Receipt",
    "WordingChanged",
    "answer",
    "change",
    "end_all_of",
    "erase",
    "escalate",
    "expire_waiting",
    "mark",
    "publish",
    "put_off",
    "read_photos",
    "receipt_of",
    "receive",
    "refuse",
    "remove_photo",
    "send",
    "sweep",
    "unlock",
    "withdraw",
]
