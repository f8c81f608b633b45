"""A browser in which somebody signed in before, so that others' wrong passwords do not concern it.

Its cookie holds a number of its own and, for each account, a keyed hash that ends with the password. Nothing
of a person can be read from it, and it signs in nobody.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.core.exceptions import MultipleObjectsReturned, ObjectDoesNotExist
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

COOKIE: Final = "pakn_known_browser"
#: No browser keeps a cookie for longer than 400 days.
LASTS: Final = timedelta(days=365)
#: Of the accounts of a browser that several share, those that signed in last.
MOST_ACCOUNTS: Final = 8
_SALT: Final = "pakn_portal.known_browser"
#: Where a request keeps who has just proved their password.
_PROVED: Final = "_pakn_proved_user"


class _Kept(NamedTuple):
    number: str
    marks: list[str]


def known_as(request: HttpRequest, account: str) -> str:
    """What this browser is called as one of this account; empty for a stranger. One query with a cookie."""
    kept = _read(request)
    if not kept.marks:
        return ""
    try:
        user = get_user_model()._default_manager.get_by_natural_key(account)
    except (ObjectDoesNotExist, MultipleObjectsReturned, ValueError):
        return ""
    mark = _mark(user)
    return f"{kept.number}\x1f{mark}" if mark in kept.marks else ""


def proved(*, request: HttpRequest | None = None, user: Any = None, **kwargs: Any) -> None:
    """Receiver of `user_logged_in`: `remember` sets the cookie once there is a response."""
    if request is not None and user is not None:
        setattr(request, _PROVED, user)


def remember(request: HttpRequest, response: HttpResponseBase) -> None:
    user = request.__dict__.pop(_PROVED, None)
    if user is None:
        return
    kept, mark = _read(request), _mark(user)
    marks = [mark, *(other for other in kept.marks if other != mark)][:MOST_ACCOUNTS]
    response.set_cookie(
        COOKIE,
        signing.dumps([kept.number, marks], salt=_SALT),
        max_age=LASTS,
        path=settings.SESSION_COOKIE_PATH,
        domain=settings.SESSION_COOKIE_DOMAIN,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> _Kept:
    """What the cookie holds; a new number and no account without one, or with one that is not ours."""
    try:
        number, marks = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return _Kept(secrets.token_urlsafe(12), [])
    return _Kept(number, marks)


def _mark(user: Any) -> str:
    """Another one after a change of the password."""
    text = f"{user.pk}\x1f{user.get_session_auth_hash()}"
    return salted_hmac(_SALT, text, algorithm="sha256").hexdigest()[:32]
