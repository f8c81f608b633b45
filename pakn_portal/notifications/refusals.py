"""What a mail server's refusal is about: this mailbox, this mail, or the server itself.

The basic code (550) is not enough: a relay whose daily quota is used up says 550 too, and the mails would
leave tomorrow. The enhanced code (RFC 3463, `class.subject.detail`) tells; without one, where in the
conversation it was said: a mailbox is refused at RCPT, and what is refused at DATA is refused for everybody.
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


_ENHANCED: Final = re.compile(r"^\s*[245]\.(\d{1,3})\.(\d{1,3})\b")
#: RFC 3463: 1 address, 2 mailbox, 6 content are about the mail; 3, 4, 5, 7 about the server.
_ABOUT_THE_MAIL: Final = {1, 2, 6}
_TOO_LARGE: Final = (3, 4)
_LATER: Final = re.compile(
    r"quota|limit|\brate\b|too many|too much|throttl|try (again )?later", re.IGNORECASE
)
#: 552 is a full mailbox.
_MAILBOX_FULL: Final = 552


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


def _read(code: int, words: bytes | str, *, at_rcpt: bool) -> Refusal:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    enhanced = _ENHANCED.match(text)
    about_mail = _is_about_the_mail(enhanced) if enhanced else at_rcpt and not _asks_to_wait(code, text)
    if code >= 500:
        return Refusal.FOR_GOOD if about_mail else Refusal.SERVER
    # at RCPT a policy for now is mostly greylisting, which is about this mailbox alone
    return Refusal.SERVER if enhanced and not about_mail and not at_rcpt else Refusal.FOR_NOW


def _is_about_the_mail(enhanced: re.Match[str]) -> bool:
    subject, detail = int(enhanced[1]), int(enhanced[2])
    return subject in _ABOUT_THE_MAIL or (subject, detail) == _TOO_LARGE


def _asks_to_wait(code: int, text: str) -> bool:
    return code != _MAILBOX_FULL and _LATER.search(text) is not None
