"""What guards the accounts of staff."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.checks import CheckMessage, Error, Warning
from django.utils.module_loading import import_string

from pakn_portal.conf import portal_settings
from pakn_portal.permissions import ROLES
from pakn_portal.staff.sessions import StaffSessions
from pakn_portal.staff.sign_in import ThrottledSignIn

BACKEND: Final = f"{ThrottledSignIn.__module__}.{ThrottledSignIn.__qualname__}"
#: Parts of the names of apps, middleware and backends that ask for more than a password.
SECOND_FACTORS: Final = ("otp", "two_factor", "mfa", "2fa", "webauthn", "passkey", "oidc", "saml")
POLICIES: Final = ("csp", "contentsecuritypolicy")
#: What `StaffSessions` builds upon.
_BEFORE: Final = (SessionMiddleware, AuthenticationMiddleware, MessageMiddleware)
SESSIONS: Final = f"{StaffSessions.__module__}.{StaffSessions.__qualname__}"


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


def sessions() -> Iterator[CheckMessage]:
    if not any(_is_a(path, StaffSessions) for path in settings.MIDDLEWARE):
        yield Warning(
            "A session of staff that was forgotten lives for days.",
            hint=f"Add {SESSIONS!r} to MIDDLEWARE, after AuthenticationMiddleware and MessageMiddleware.",
            id="pakn_portal.W032",
        )


def order_of_sessions() -> Iterator[CheckMessage]:
    """It reads the session and the account, and leaves a message: whoever makes those comes first."""
    path = next((path for path in settings.MIDDLEWARE if _is_a(path, StaffSessions)), None)
    if path is None:  # W032 tells
        return
    place = settings.MIDDLEWARE.index(path)
    late = [path for path in settings.MIDDLEWARE[place:] if any(_is_a(path, kind) for kind in _BEFORE)]
    if late:
        yield Error(
            f"{path!r} stands before {', '.join(late)}: whoever has a session gets an error for every page.",
            hint=f"Move {path!r} behind these in MIDDLEWARE.",
            id="pakn_portal.E032",
        )


def second_factor() -> Iterator[CheckMessage]:
    names = [*settings.INSTALLED_APPS, *settings.MIDDLEWARE, *settings.AUTHENTICATION_BACKENDS]
    if not any(known in name.lower() for name in names for known in SECOND_FACTORS):
        yield Warning(
            "A stolen password is enough to sign in as staff: no second factor is known here.",
            hint="Install one, such as django-otp or wagtail-2fa, or let a single sign-on ask for it; then "
            "silence this check if it has another name.",
            id="pakn_portal.W033",
        )


def content_policy() -> Iterator[CheckMessage]:
    """Django's own checks ask for HSTS and secure cookies, and not for this."""
    has_own = any(known in path.lower() for path in settings.MIDDLEWARE for known in POLICIES)
    if not has_own:
        yield Warning(
            "Pages name no Content-Security-Policy, so a script that got in would run.",
            hint="Set one: SECURE_CSP and ContentSecurityPolicyMiddleware of Django 6, "
            "django-csp, or the web server; for the latter silence this check.",
            id="pakn_portal.W034",
        )


def _is_a(path: str, wanted: type) -> bool:
    try:
        found = import_string(path)
    except ImportError:  # Django tells it by itself
        return False
    return isinstance(found, type) and issubclass(found, wanted)
