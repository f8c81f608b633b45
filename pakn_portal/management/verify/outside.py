from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pakn_portal.conf import portal_settings
from pakn_portal.management.verify.progress import Progress
from pakn_portal.register.checks import altered_checks
from pakn_portal.register.heads import forged_heads, missing_lines


def kept(progress: Progress, folder: str = "") -> Iterator[str]:
    """Compares with the lists in `folder`, or in the site's own folder; without either
    there is nothing to compare but the rows that tell which lists left.
    """
    yield from forged_heads()
    place = folder or portal_settings.REGISTER_HEADS["folder"]
    if not place:
        return
    if not Path(place).is_dir():
        yield f"{place} is no folder"
        return
    yield from missing_lines(Path(place))


def checked(progress: Progress) -> Iterator[str]:
    """The rows that tell an auditor when the registers were read, and what came of it."""
    return altered_checks()
