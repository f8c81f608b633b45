"""Where the register's key lies, and where its ends are written down."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

from pakn_portal.checks.storage import is_served
from pakn_portal.conf import portal_settings
from pakn_portal.register.heads import is_wanted
from pakn_portal.register.keys import has_own_key

#: Shorter ones can be guessed.
SHORTEST: Final = 20
#: Different letters, as Django asks of SECRET_KEY.
FEWEST: Final = 5


def keys() -> Iterator[CheckMessage]:
    for place, key in enumerate(portal_settings.REGISTER_KEYS):
        if not _is_key(key):
            yield Error(
                f'PAKN_PORTAL["REGISTER_KEYS"][{place}] is no secret text of {SHORTEST} letters or more.',
                hint="Make one with “python -c 'import secrets; print(secrets.token_urlsafe(32))'”.",
                id="pakn_portal.E038",
            )


def _is_key(key: object) -> bool:
    """Neither guessed nor the one that whoever runs the site knows anyway."""
    if not isinstance(key, str) or key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        return False
    return len(key.strip()) >= SHORTEST and len(set(key)) >= FEWEST


def own_key() -> Iterator[CheckMessage]:
    if not has_own_key():
        yield Warning(
            "The register is sealed with a key derived from SECRET_KEY, which more people know.",
            hint='Put a key of its own into PAKN_PORTAL["REGISTER_KEYS"], from the environment '
            "or a file that is no part of the database's backup.",
            id="pakn_portal.W040",
        )


def place_outside() -> Iterator[CheckMessage]:
    if not is_wanted():
        yield _outside(
            "The ends of the register leave the database nowhere, so whoever owns it can cut lines off.",
            'Name a folder on another machine or addresses for mail in PAKN_PORTAL["REGISTER_HEADS"].',
        )
    elif folder := portal_settings.REGISTER_HEADS["folder"]:
        yield from _wrong_with(Path(folder))


def _wrong_with(folder: Path) -> Iterator[CheckMessage]:
    told = f"The folder for the ends of the register, {str(folder)!r}, "
    if not folder.is_absolute():
        yield _outside(
            f"{told}begins in whatever folder a process was started in.", "Write the whole path, from / on."
        )
    elif not folder.is_dir():
        yield _outside(f"{told}is not there.", "Make it, and let the account of the worker add files to it.")
    elif is_served(folder):
        yield _outside(
            f"{told}is handed out by the web server.",
            "Choose one beneath none of MEDIA_ROOT, STATIC_ROOT and the folders that collectstatic copies.",
        )
    elif problem := _problem_of_writing(folder):
        yield _outside(
            f"{told}takes no file: {problem}.",
            "Let the account of the worker add files to it, and run this check as that account.",
        )


def _problem_of_writing(folder: Path) -> str:
    """By writing: rights alone do not tell of a full or a read-only disk."""
    try:
        with TemporaryFile(dir=folder) as file:
            file.write(b"pakn")
    except OSError as error:
        return error.strerror or type(error).__name__
    return ""


def _outside(message: str, hint: str) -> CheckMessage:
    return Warning(message, hint=hint, id="pakn_portal.W041")
