"""The words and files of a sender as the register proves them, by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Final

from pakn_portal.submissions.models import Attachment, Sender, Submission, Supplement

_OF_SUBMISSION: Final = (
    "kind",
    "title",
    "content",
    "channel",
    "concerned_unit",
    "backdating_reason",
    "letter_number",
    "registered_on",
    "wants_name_published",
)
_OF_SENDER: Final = (
    "kind",
    "full_name",
    "organisation",
    "tax_code",
    "address",
    "province",
    "phone",
    "email",
)


def what_was_sent(submission: Submission) -> dict[str, str]:
    """Of the submission, its sender, and the files that came with it. One query."""
    return {
        **{f"submission.{name}": str(getattr(submission, name)) for name in _OF_SUBMISSION},
        "submission.letter_dated_on": str(submission.letter_dated_on or ""),
        "submission.received_at": _instant(submission.received_at),
        "submission.suggested_sector": str(submission.suggested_sector_id or ""),
        **_of_sender(submission.sender),
        **dict(_of_files(file for file in submission.attachments.all() if file.supplement_id is None)),
    }


def what_was_added(supplement: Supplement) -> dict[str, str]:
    """Of one supplement, and its files. One query."""
    return {
        f"supplement.{supplement.pk}": supplement.content,
        **dict(_of_files(supplement.attachments.all())),
    }


def _of_sender(sender: Sender) -> dict[str, str]:
    return {f"sender.{name}": str(getattr(sender, name)) for name in _OF_SENDER}


def _instant(at: datetime) -> str:
    """The same in whichever zone it was entered, and as every way through a database keeps it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def _of_files(files: Iterable[Attachment]) -> Iterator[tuple[str, str]]:
    """The name that the sender gave, and SHA-256 of what was stored."""
    for file in files:
        yield f"file.{file.key}", f"{file.name}\n{file.sha256}"
