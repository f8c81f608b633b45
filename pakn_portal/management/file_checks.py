"""Compares the rows of files with what is stored, in both directions (I11)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from pakn_portal import clock
from pakn_portal.submissions.models import StoredFile, kinds_of_files
from pakn_portal.submissions.storage import private_storage

#: A younger file may belong to an unfinished upload.
GRACE: Final = timedelta(hours=24)
_ROOT: Final = "pakn"
_CHUNK: Final = 500


def orphan_files() -> Iterator[str]:
    """Names of files older than a day that belong to no row."""
    for names in _chunks(_old_files()):
        known = {
            name
            for model in kinds_of_files()
            for name in model._default_manager.filter(file__in=names).values_list("file", flat=True)
        }
        yield from (name for name in names if name not in known)


def remove_orphans() -> int:
    """Delete the files of `orphan_files`, which interrupted uploads left. Safe to run twice at once."""
    storage = private_storage()
    names = list(orphan_files())
    for name in names:
        storage.delete(name)
    return len(names)


def rows_without_file() -> Iterator[StoredFile]:
    """Rows whose file is missing: we lost what somebody gave us."""
    storage = private_storage()
    for row in _rows():
        if not (row.file.name and storage.exists(row.file.name)):
            yield row


def rows_with_other_content() -> Iterator[StoredFile]:
    """Rows whose file is not the one that was stored, or not as large as they say. Reads every file."""
    storage = private_storage()
    for row in _rows():
        if row.file.name and storage.exists(row.file.name):
            with storage.open(row.file.name) as file:
                is_same = hashlib.file_digest(file, "sha256").hexdigest() == row.sha256
            if not is_same or storage.size(row.file.name) != row.size:
                yield row


def _rows() -> Iterator[StoredFile]:
    """With the case of each."""
    for model in kinds_of_files():
        yield from model._default_manager.select_related(model.case_path).iterator(chunk_size=_CHUNK)


def _old_files() -> Iterator[str]:
    storage, before = private_storage(), clock.now() - GRACE
    for folder in _list(_ROOT)[0]:
        for name in _list(f"{_ROOT}/{folder}")[1]:
            path = f"{_ROOT}/{folder}/{name}"
            if storage.get_modified_time(path) < before:
                yield path


def _list(folder: str) -> tuple[list[str], list[str]]:
    try:
        return private_storage().listdir(folder)
    except FileNotFoundError:
        return [], []


def _chunks(names: Iterator[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    for name in names:
        chunk.append(name)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
