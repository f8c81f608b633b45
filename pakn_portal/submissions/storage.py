"""Where files from senders are stored: a private storage without URLs, under random names."""

from __future__ import annotations

import secrets
from functools import partial
from typing import Any, NoReturn

from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.core.files.storage.handler import InvalidStorageError
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils.functional import LazyObject

from pakn_portal.conf import portal_settings


class PrivateFileSystemStorage(FileSystemStorage):
    """Files without a public URL: asking for one is a programming error."""

    def url(self, name: str | None) -> str:
        raise ValueError("A private file has no address; link to its download view.")


def drop_bytes(file: FieldFile) -> None:
    """Delete the bytes of a row that is gone, once the caller's transaction is committed. The row goes first:
    bytes without a row are swept later, a row without its bytes would be data loss.
    """
    if file.name:
        transaction.on_commit(partial(file.storage.delete, file.name), robust=True)


class MissingStorage(Storage):
    """Replaces a storage that is not configured, so that models load and the system check can report it.

    Any use of it raises an error that says why.
    """

    def __init__(self, problem: str) -> None:
        self.problem = problem

    def _open(self, name: str, mode: str = "rb") -> NoReturn:
        raise InvalidStorageError(self.problem)

    def exists(self, name: str) -> NoReturn:
        raise InvalidStorageError(self.problem)

    def _save(self, name: str, content: Any) -> NoReturn:
        raise InvalidStorageError(self.problem)

    def delete(self, name: str) -> NoReturn:
        raise InvalidStorageError(self.problem)


#: What Django raises for an entry of STORAGES that is missing, cannot be imported or has wrong options.
_UNUSABLE = (InvalidStorageError, ImproperlyConfigured, TypeError, ValueError)


class _PrivateStorage(LazyObject):  # type: ignore[type-arg]  # generic in its stubs alone
    def _setup(self) -> None:
        problem = private_storage_problem()
        self._wrapped = MissingStorage(problem) if problem else storages[portal_settings.PRIVATE_STORAGE]


def private_storage() -> Storage:
    """The storage that `PRIVATE_STORAGE` names in STORAGES, resolved on first use."""
    return _PrivateStorage()  # type: ignore[return-value]


def private_storage_problem() -> str | None:
    """Why the private storage cannot be used, for the system check; empty if it can."""
    try:
        storages[portal_settings.PRIVATE_STORAGE]
    except _UNUSABLE as error:
        return str(error) or type(error).__name__
    return None


def attachment_path(instance: Any, filename: str) -> str:
    """A random name in one of 256 folders: nothing of the sender's file name reaches the disk."""
    name = secrets.token_hex(20)
    return f"pakn/{name[:2]}/{name}"
