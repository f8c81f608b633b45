from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pakn_portal.management.file_checks import orphan_files, rows_with_other_content, rows_without_file
from pakn_portal.management.verify.progress import Progress
from pakn_portal.submissions.models import StoredFile


def matched(progress: Progress) -> Iterator[str]:
    for row in rows_without_file():
        yield f"{_named(row)} has no file"
    for row in rows_with_other_content():
        yield f"{_named(row)} has other content than was stored"
    for name in orphan_files():
        yield f"file {name} is older than a day and belongs to nothing"


def _named(row: StoredFile) -> str:
    """Which row, and of which case; what waits for its form has none."""
    case: Any = row
    for step in row.case_path.split("__"):
        case = getattr(case, step, None)
    return f"{row._meta.model_name} {row.pk} of {case or 'no case'}"
