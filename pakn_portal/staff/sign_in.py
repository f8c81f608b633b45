"""Guessing the password of an account is slow, and nobody can lock out somebody else by guessing.

A portal names `ThrottledSignIn` first in AUTHENTICATION_BACKENDS. Tries are counted for each account *and*
address, so the owner gets in from elsewhere, and for each address; an account that is not there is counted
as one that is.
"""

from __future__ import annotations

import unicodedata
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from pakn_portal.submissions import limits
from pakn_portal.submissions.client import client_address
from pakn_portal.submissions.limits import Claim

#: Where a request keeps what its try has taken.
_TAKEN: Final = "_pakn_sign_in_taken"


class ThrottledSignIn:
    """Signs in nobody itself: it counts the try before another backend looks at the password.

    Without `get_user`, so that nothing takes it for the backend of a session.
    """

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, **credentials: Any
    ) -> None:
        """Raises PermissionDenied, which ends the sign-in, when there were too many wrong tries. The visitor
        is told how long to wait.
        """
        if request is None or "password" not in credentials:
            return
        account = username or credentials.get(get_user_model().USERNAME_FIELD) or ""
        claims = _claims(str(account), client_address(request))
        refused = limits.take_all(claims)
        if refused is not None:
            messages.error(request, _wait(refused.seconds_to_wait), fail_silently=True)
            raise PermissionDenied
        setattr(request, _TAKEN, [*getattr(request, _TAKEN, []), *claims])


def give_back(*, request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Receiver of `user_logged_in`: the try was right and does not count."""
    taken = request.__dict__.pop(_TAKEN, []) if request is not None else []
    if taken:
        limits.give_back_all(taken)


def _claims(account: str, address: str) -> list[Claim]:
    """Everybody takes them in this order."""
    # a model may take “Lan”, “lan” and “ｌａｎ” for one account
    name = unicodedata.normalize("NFKC", account).strip().casefold()
    return [
        Claim(limits.SIGN_IN_WRONG_PER_ACCOUNT, f"{address}\x1f{name}"),
        Claim(limits.SIGN_IN_WRONG_PER_ADDRESS, address),
    ]


def _wait(seconds: int) -> str:
    return _(
        "There were too many wrong passwords from your network, so no password is looked at now. "
        "Try again in %(wait)s."
    ) % {"wait": limits.wait_in_words(seconds)}
