"""The words and files of a sender as the register proves them, by name."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from pakn_portal.cases.models import Extension
from pakn_portal.submissions.models import Sender, StoredFile, Submission, Supplement

#: Ends the name of a text that may become another one later: a file that waited for the scanner.
STATE_OF_FILE: Final = ".state"

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


def what_was_sent(submission: Submission, files: Iterable[StoredFile] | None = None) -> dict[str, str]:
    """Of the submission, its sender, and the files that came with it: one query, none with `files`."""
    if files is None:
        files = (file for file in submission.attachments.all() if file.supplement_id is None)
    return {
        **{f"submission.{name}": str(getattr(submission, name)) for name in _OF_SUBMISSION},
        "submission.letter_dated_on": str(submission.letter_dated_on or ""),
        "submission.received_at": _instant(submission.received_at),
        "submission.suggested_sector": str(submission.suggested_sector_id or ""),
        **_of_sender(submission.sender),
        **what_was_stored(files),
    }


def what_was_added(supplement: Supplement) -> dict[str, str]:
    """Of one supplement, and its files. One query."""
    return {
        f"supplement.{supplement.pk}": supplement.content,
        **what_was_stored(supplement.attachments.all()),
    }


def _of_sender(sender: Sender) -> dict[str, str]:
    return {f"sender.{name}": str(getattr(sender, name)) for name in _OF_SENDER}


def _instant(at: datetime) -> str:
    """The same in whichever zone it was entered, and as every way through a database keeps it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def what_was_granted(extension: Extension) -> dict[str, str]:
    """What the sender is told of more time, beside how much: why, and by which rule."""
    return {f"extension.{extension.term_number}": f"{extension.reason}\n{extension.legal_basis}"}


def what_was_stored(files: Iterable[StoredFile]) -> dict[str, str]:
    """Of each file the name that its owner gave and SHA-256 of its bytes; what it was taken for, with what
    whoever opens it is warned of; when it came; and what the scanner had said by then.
    """
    texts: dict[str, str] = {}
    for file in files:
        texts[f"file.{file.key}"] = f"{file.name}\n{file.sha256}"
        texts[f"file.{file.key}.type"] = json.dumps([file.content_type, sorted(file.warnings)])
        texts[f"file.{file.key}.came"] = _instant(file.uploaded_at)
        texts[f"file.{file.key}{STATE_OF_FILE}"] = str(file.state)
    return texts
