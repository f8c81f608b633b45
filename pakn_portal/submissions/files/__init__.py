"""The checks that a sender's file must pass: name, size, type by content and structure, virus scanner."""

from __future__ import annotations

from pakn_portal.submissions.files.check import CheckedFile, check_file
from pakn_portal.submissions.files.errors import FileRefused, ReaderBusy, ReaderFailed, in_old_letters
from pakn_portal.submissions.files.names import clean_name
from pakn_portal.submissions.files.types import (
    accept_attribute,
    allowed_types,
    cleaned,
    copy_for_public,
    has_copy,
    type_list,
)

__all__ = [
    "CheckedFile",
    "FileRefused",
    "ReaderBusy",
    "ReaderFailed",
    "accept_attribute",
    "allowed_types",
    "check_file",
    "clean_name",
    "cleaned",
    "copy_for_public",
    "has_copy",
    "in_old_letters",
    "type_list",
]
