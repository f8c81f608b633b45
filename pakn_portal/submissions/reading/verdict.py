"""The possible results of reading a file. Only codes leave the process; the texts are in `files.errors`."""

from __future__ import annotations

from enum import StrEnum
from typing import Any


class Reason(StrEnum):
    """Why a file is refused."""

    OTHER_TYPE = "other_type"
    PHONE_PICTURE = "phone_picture"
    DAMAGED = "damaged"
    MACROS = "macros"
    PASSWORD = "password"  # noqa: S105
    COMPLEX = "complex"
    HOLDS_ANOTHER = "holds_another"
    COMMANDS = "commands"
    PIXELS = "pixels"
    HEAVY = "heavy"
    #: Of a copy for the public.
    REMARKS = "remarks"
    HIDDEN = "hidden"
    BEHIND = "behind"
    UNSEARCHED = "unsearched"
    LONG = "long"
    OLD_LETTERS = "old_letters"
    CROPPED = "cropped"
    COVERED = "covered"


class Seen(StrEnum):
    """What whoever opens the file should know first. The same codes as `submissions.enums.FileWarning`."""

    ENCRYPTED = "encrypted"
    ACTIVE = "active"
    EMBEDDED = "embedded"
    EXTERNAL = "external"
    UNREAD = "unread"


class Refused(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def size_of(file: Any) -> int:
    """In bytes; does not move the file's position."""
    here = file.tell()
    size: int = file.seek(0, 2)
    file.seek(here)
    return size
