"""Where senders' files lie: a folder of their own that nobody hands out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.checks import CheckMessage, Error, Warning
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage, InMemoryStorage, storages

from pakn_portal.conf import portal_settings
from pakn_portal.submissions.storage import private_storage_problem


def private_storage() -> Iterator[CheckMessage]:
    problem = private_storage_problem()
    if problem:
        hint = (
            f"Write into STORAGES: {portal_settings.PRIVATE_STORAGE!r}: "
            '{"BACKEND": "pakn_portal.submissions.storage.PrivateFileSystemStorage", '
            '"OPTIONS": {"location": "/a/folder/that/no/web/server/serves"}}.'
        )
        yield Error(f"There is no storage for attachments: {problem}", hint=hint, id="pakn_portal.E008")
        return
    storage = storages[portal_settings.PRIVATE_STORAGE]
    if isinstance(storage, InMemoryStorage):
        yield Error(
            "Attachments would be gone when the process ends.",
            hint=f"Let STORAGES: {portal_settings.PRIVATE_STORAGE!r} name a storage that keeps them.",
            id="pakn_portal.E033",
        )
    if isinstance(storage, FileSystemStorage):
        yield from _place_of(storage)


def _place_of(storage: FileSystemStorage) -> Iterator[CheckMessage]:
    if not Path(storage.base_location).is_absolute():
        yield Error(
            f"Attachments would lie in {str(storage.base_location)!r}, beneath whatever folder a process was "
            "started in: what the site stores the worker would not find.",
            hint='Write the whole path into "location", from / on.',
            id="pakn_portal.E034",
        )
    if is_served(Path(storage.location)):
        yield Error(
            f"Attachments would lie in {storage.location}, which the web server hands out.",
            hint="Choose a folder beneath none of MEDIA_ROOT, STATIC_ROOT, STATICFILES_DIRS and the static "
            "folder of an app: collectstatic publishes what lies in the latter two.",
            id="pakn_portal.E009",
        )


def is_served(folder: Path) -> bool:
    """Whether the web server hands out what lies there."""
    roots = [Path(root) for root in (settings.MEDIA_ROOT, settings.STATIC_ROOT) if root]
    return any(folder.resolve().is_relative_to(root.resolve()) for root in (*roots, *_collected()))


def _collected() -> Iterator[Path]:
    """What `collectstatic` copies to where everybody reads it."""
    if not apps.is_installed("django.contrib.staticfiles"):
        return
    try:
        finders = list(get_finders())
    except (ImportError, ImproperlyConfigured):  # Django tells it by itself
        return
    for finder in finders:
        for storage in getattr(finder, "storages", {}).values():
            if isinstance(storage, FileSystemStorage):
                yield Path(storage.location)


def private_folder() -> Iterator[CheckMessage]:
    if private_storage_problem():
        return
    storage = storages[portal_settings.PRIVATE_STORAGE]
    if isinstance(storage, FileSystemStorage) and not _may_write(Path(storage.location)):
        yield Warning(
            f"This account may not write into {storage.location}, so no form with a file is taken.",
            hint="Make the folder, give it to the account of the site, and run this check as that account.",
            id="pakn_portal.W023",
        )


def _may_write(folder: Path) -> bool:
    """In the folder, or in the nearest one above it that is there, where it would be made."""
    there = next(place for place in (folder, *folder.parents) if place.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)
