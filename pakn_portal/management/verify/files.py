from __future__ import annotations

from collections.abc import Iterator

from pakn_portal.management.file_checks import (
    attachments_with_other_content,
    attachments_without_file,
    orphan_files,
)
from pakn_portal.management.verify.progress import Progress
from pakn_portal.submissions.models import Attachment


def matched(progress: Progress) -> Iterator[str]:
    for attachment in attachments_without_file():
        yield f"attachment {attachment.pk} of {_case(attachment)} has no file"
    for attachment in attachments_with_other_content():
        yield f"attachment {attachment.pk} of {_case(attachment)} has other content than was sent"
    for name in orphan_files():
        yield f"file {name} is older than a day and belongs to nothing"


def _case(attachment: Attachment) -> str:
    case = getattr(attachment.submission, "case", None) if attachment.submission else None
    return str(case or "no case")
