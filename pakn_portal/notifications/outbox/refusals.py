"""What a mail server's refusal is about: this mailbox, this mail, or the server itself.

The basic code (550) is not enough: a relay whose daily quota is used up says 550 too, and the mails would
leave tomorrow. The enhanced code (RFC 3463, `class.subject.detail`) tells; only those of an address, a
mailbox or the content (1, 2, 6) end a mail, and not where the words name a limit or our own standing: some
servers use them for that as well. Without a code it is where in the conversation it was said: what is refused
at DATA is refused for everybody, and what is refused at RCPT may be about this mailbox or about all of its
domain, which only the next recipients there can tell (`doubts.py`).
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
    #: At RCPT: no such mailbox, unless everybody of its domain is refused like this.
    MAYBE_DEAD = auto()
    #: At RCPT: this mailbox takes nothing now, unless everybody is refused like this.
    MAYBE_BUSY = auto()
    #: At RCPT, with a code or words that are about the server (quota, policy): never the end of a mail before
    #: the days of patience are over.
    MAYBE_SERVER = auto()


#: Of the mailbox or of the server: the next recipients tell.
DOUBTFUL: Final = frozenset({Refusal.MAYBE_DEAD, Refusal.MAYBE_BUSY, Refusal.MAYBE_SERVER})
#: Each is an attempt of the mail; any other that is no end costs it nothing.
COUNTED: Final = frozenset({Refusal.FOR_NOW, Refusal.HUNG_UP, Refusal.MAYBE_BUSY})

_ENHANCED: Final = re.compile(r"^\s*#?[245]\.(\d{1,3})\.(\d{1,3})\b")
#: RFC 3463: 1 address, 2 mailbox, 6 content are about the mail; 3 mail system, 4 network, 5 protocol and
#: 7 policy about the server.
_CONTENT: Final = 6
_ABOUT_THE_MAIL: Final = frozenset({1, 2, _CONTENT})
_TOO_LARGE: Final = frozenset({(2, 3), (3, 4)})
#: Our own address is bad, which is so for every mail.
_ABOUT_THE_SENDER: Final = frozenset({(1, 7), (1, 8)})
#: A limit, or our own standing: stronger than a code that names the mailbox. Vietnamese servers speak with
#: marks and without.
_ABOUT_OUR_STANDING: Final = re.compile(
    r"quota|limit|exceed|too (?:many|much|high|fast)|throttl|suspend|\bbann?ed|block|black|\brbl\b|reputation"
    r"|authenticat|\b(?:spf|dkim|dmarc)\b|polic|v[ưu][ợo]t|h[ạa]n m[ứu]c|gi[ớo]i h[ạa]n|t[ạa]m kh[óo]a"
    r"|b[ịi] (?:ch[ặa]n|kh[óo]a)",
    re.IGNORECASE,
)
#: The code's own words for a full mailbox are quota and limit: there only those of sending are ours.
_FULL: Final = (2, 2)
_SENDING: Final = re.compile(
    r"\bsend(?!er)|\bsent\b|out(?:bound|going)|daily|hour|\bg[ửu]i\b|ng[àa]y", re.IGNORECASE
)
_ABOUT_THE_SERVER: Final = re.compile(rf"{_ABOUT_OUR_STANDING.pattern}|later|relay|spam", re.IGNORECASE)
#: Words that are the recipient's or an address of the server's help.
_NAMES: Final = re.compile(r"\S*(?:@|://)\S*")
#: Greylisting: each recipient waits for their own time.
_GREY: Final = re.compile(r"gr[ae]y", re.IGNORECASE)
#: 552 without an enhanced code is a full mailbox, whatever limit it names.
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


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].lower()


def _read(code: int, words: bytes | str, *, at_rcpt: bool) -> Refusal:
    text = _NAMES.sub(" ", _decoded(words))
    enhanced = _ENHANCED.match(text)
    subject, detail = (int(enhanced[1]), int(enhanced[2])) if enhanced else (0, 0)
    if code in _OF_THE_SERVER:
        return Refusal.SERVER
    if _is_about_the_mail(subject, detail, text):
        return Refusal.FOR_GOOD if code >= 500 else Refusal.FOR_NOW
    return _read_at_rcpt(code, subject, text) if at_rcpt else Refusal.SERVER


def _is_about_the_mail(subject: int, detail: int, text: str) -> bool:
    if (subject, detail) in _TOO_LARGE:
        return True
    if subject not in _ABOUT_THE_MAIL or (subject, detail) in _ABOUT_THE_SENDER:
        return False
    if subject == _CONTENT or not _ABOUT_OUR_STANDING.search(text):
        return True
    return (subject, detail) == _FULL and not _SENDING.search(text)


def _read_at_rcpt(code: int, subject: int, text: str) -> Refusal:
    if code < 500 and _GREY.search(text):
        return Refusal.FOR_NOW
    if subject or (code != _MAILBOX_FULL and _ABOUT_THE_SERVER.search(text)):
        return Refusal.MAYBE_SERVER
    return Refusal.MAYBE_DEAD if code >= 500 else Refusal.MAYBE_BUSY


def _decoded(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words
