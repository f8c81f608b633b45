from __future__ import annotations

from collections.abc import Iterator

from pakn_portal.management.file_checks import attachments_without_file, orphan_files
from pakn_portal.management.verify.progress import Progress


def matched(progress: Progress) -> Iterator[str]:
    for attachment in attachments_without_file():
        case = getattr(attachment.submission, "case", None) if attachment.submission else None
        yield f"attachment {attachment.pk} of {case or 'no case'} has no file"
    for name in orphan_files():
        yield f"file {name} is older than a day and belongs to nothing"
