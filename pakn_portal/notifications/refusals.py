"""What a mail server's refusal is about: this mailbox, this mail, or the server itself.

The basic code (550) is not enough: a relay whose daily quota is used up says 550 too, and the mails would
leave tomorrow. The enhanced code (RFC 3463, `class.subject.detail`) tells; without one, where in the
conversation it was said: what is refused at DATA is refused for everybody, and what is refused at RCPT may be
about this mailbox or about all of them, which only the next recipients can tell (`doubts.py`).
"""

from __future__ import annotations

import re
import smtplib
from enum import Enum, auto
from typing import Final

from pakn_portal.notifications.messages import NoAddress


class Refusal(Enum):
    #: Another attempt cannot help (F8).
    FOR_GOOD = auto()
    #: This mail may leave later.
    FOR_NOW = auto()
    #: The server takes nothing from us now, whoever it is for.
    SERVER = auto()
    #: The connection broke while this mail was under way.
    HUNG_UP = auto()
    #: At RCPT: no such mailbox, unless everybody is refused like this.
    MAYBE_DEAD = auto()
    #: At RCPT: this mailbox takes nothing now, unless everybody is refused like this.
    MAYBE_BUSY = auto()
    #: At RCPT, in words that are about the server (quota, policy): never the end of a mail.
    MAYBE_SERVER = auto()


#: Of the mailbox or of the server: the next recipients tell.
DOUBTFUL: Final = frozenset({Refusal.MAYBE_DEAD, Refusal.MAYBE_BUSY, Refusal.MAYBE_SERVER})
#: Each is an attempt of the mail; any other that is no end costs it nothing.
COUNTED: Final = frozenset({Refusal.FOR_NOW, Refusal.HUNG_UP, Refusal.MAYBE_BUSY})

_ENHANCED: Final = re.compile(r"^\s*#?[245]\.(\d{1,3})\.(\d{1,3})\b")
#: RFC 3463: 1 address, 2 mailbox, 6 content are about the mail; 3, 4, 5, 7 about the server.
_ABOUT_THE_MAIL: Final = {1, 2, 6}
_TOO_LARGE: Final = (3, 4)
#: Our own address is bad, which is so for every mail.
_ABOUT_THE_SENDER: Final = {(1, 7), (1, 8)}
_ABOUT_THE_SERVER: Final = re.compile(
    r"quota|limit|exceed|too (many|much|high|fast)|throttl|later"
    r"|relay|polic|block|black|\brbl\b|spam|reputation",
    re.IGNORECASE,
)
#: Greylisting: each recipient waits for their own time.
_GREY: Final = re.compile(r"gr[ae]y", re.IGNORECASE)
#: 552 is a full mailbox.
_MAILBOX_FULL: Final = 552
#: 421 closes the line; 454 and 53x want another sign-in or TLS, 50x other commands: so for every recipient.
_OF_THE_SERVER: Final = frozenset({421, 454, *range(500, 510), *range(530, 540)})


def read_refusal(error: Exception) -> Refusal:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        # one recipient a mail
        code, text = next(iter(error.recipients.values()))
        return _read(code, text, at_rcpt=True)
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPHeloError | smtplib.SMTPAuthenticationError):
        return Refusal.SERVER
    if isinstance(error, smtplib.SMTPResponseException):
        return _read(error.smtp_code, error.smtp_error, at_rcpt=False)
    # Django raises ValueError for a header with a line break
    if isinstance(error, NoAddress | ValueError | smtplib.SMTPNotSupportedError):
        return Refusal.FOR_GOOD
    return Refusal.HUNG_UP if isinstance(error, OSError) else Refusal.FOR_NOW


def describe(error: Exception) -> str:
    """Kind and code only: a server's words would repeat the address."""
    code = getattr(error, "smtp_code", "")
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()))[0]
    return f"{type(error).__name__} {code}".strip()[:300]


def recipient_of(error: Exception) -> tuple[str, tuple[str, ...]]:
    """Whom a server refused at RCPT, and what makes two refusals alike: the codes, for the words may name
    the address.
    """
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return "", ()
    address, (code, text) = next(iter(error.recipients.items()))
    enhanced = _ENHANCED.match(_decoded(text))
    return address.lower(), (str(code), *(enhanced.groups() if enhanced else ()))


def _read(code: int, words: bytes | str, *, at_rcpt: bool) -> Refusal:
    text = _decoded(words)
    enhanced = _ENHANCED.match(text)
    if code in _OF_THE_SERVER:
        return Refusal.SERVER
    if enhanced and _is_about_the_mail(enhanced):
        return Refusal.FOR_GOOD if code >= 500 else Refusal.FOR_NOW
    return _read_at_rcpt(code, text) if at_rcpt else Refusal.SERVER


def _read_at_rcpt(code: int, text: str) -> Refusal:
    if code < 500 and _GREY.search(text):
        return Refusal.FOR_NOW
    if code != _MAILBOX_FULL and _ABOUT_THE_SERVER.search(text):
        return Refusal.MAYBE_SERVER
    return Refusal.MAYBE_DEAD if code >= 500 else Refusal.MAYBE_BUSY


def _decoded(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words


def _is_about_the_mail(enhanced: re.Match[str]) -> bool:
    subject, detail = int(enhanced[1]), int(enhanced[2])
    if (subject, detail) in _ABOUT_THE_SENDER:
        return False
    return subject in _ABOUT_THE_MAIL or (subject, detail) == _TOO_LARGE
