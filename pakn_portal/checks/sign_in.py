"""What guards the accounts of staff."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.utils.module_loading import import_string

from pakn_portal.conf import portal_settings
from pakn_portal.permissions import ROLES
from pakn_portal.staff.sign_in import ThrottledSignIn

BACKEND: Final = f"{ThrottledSignIn.__module__}.{ThrottledSignIn.__qualname__}"


def who_is_told() -> Iterator[CheckMessage]:
    named = portal_settings.ROLE_CHANGES_TOLD_TO
    if named not in ROLES:
        yield Error(
            f"ROLE_CHANGES_TOLD_TO {named!r} is no role.",
            hint=f"Choose among {', '.join(ROLES)}.",
            id="pakn_portal.E031",
        )


def guessing() -> Iterator[CheckMessage]:
    first = next(iter(settings.AUTHENTICATION_BACKENDS), "")
    if not _is_a(first, ThrottledSignIn):
        yield Warning(
            "Whoever wants may try any number of passwords for an account of staff.",
            hint=f"Put {BACKEND!r} first in AUTHENTICATION_BACKENDS, before 'django.contrib.auth.backends."
            "ModelBackend'. Where something else throttles sign-ins, silence this check.",
            id="pakn_portal.W031",
        )


def _is_a(path: str, wanted: type) -> bool:
    try:
        found = import_string(path)
    except ImportError:  # Django tells it by itself
        return False
    return isinstance(found, type) and issubclass(found, wanted)
