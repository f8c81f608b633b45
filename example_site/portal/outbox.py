"""Mail of the demo goes into a folder, one file for each letter, and never leaves the machine."""

from __future__ import annotations

import email
import email.policy
import itertools
import os
import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage as StandardMessage
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

#: Addresses that end like this are refused, as a mail server refuses one that is mistyped.
NOWHERE = ".khong-ton-tai.example"
_counter = itertools.count()


class OutboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        settings.OUTBOX_DIR.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            refused = [one for one in message.recipients() if one.endswith(NOWHERE)]
            if refused:
                answer = (550, b"5.1.2 Host not found")
                raise smtplib.SMTPRecipientsRefused(dict.fromkeys(refused, answer))
            name = f"{timezone.now():%Y%m%dT%H%M%S%f}-{os.getpid()}-{next(_counter)}.eml"
            (settings.OUTBOX_DIR / name).write_bytes(message.message().as_bytes())
        return len(email_messages)


@dataclass(frozen=True)
class Letter:
    """A letter as the outbox page shows it."""

    name: str
    sent_at: datetime
    sender: str
    to: str
    subject: str
    body: str


def letters(limit: int = 200) -> list[Letter]:
    """Newest first."""
    paths = sorted(settings.OUTBOX_DIR.glob("*.eml"), reverse=True) if settings.OUTBOX_DIR.exists() else []
    return [read(path) for path in paths[:limit]]


def find(name: str) -> Letter | None:
    return next((read(path) for path in settings.OUTBOX_DIR.glob("*.eml") if path.stem == name), None)


def read(path: Path) -> Letter:
    message = email.message_from_bytes(path.read_bytes(), _class=StandardMessage, policy=email.policy.default)
    part = message.get_body(preferencelist=("plain", "html"))
    sent_at = datetime.strptime(path.stem.split("-")[0], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
    return Letter(
        name=path.stem,
        sent_at=sent_at,
        sender=str(message["From"] or ""),
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        body=part.get_content() if part else "",
    )
