"""Guessing the password of an account is slow, and nobody can lock out somebody else by guessing.

A portal names `ThrottledSignIn` first in AUTHENTICATION_BACKENDS. A browser in which the account signed in
before counts by itself (`known_browsers`). Of the others, tries are counted for each account *and* address,
for each account from wherever, for each address and for each IPv6 site; an account that is not there is
counted as one that is. Where one of these is used up, a try needs proof of work, and of such tries only so
many for each account and address are looked at.
"""

from __future__ import annotations

import unicodedata
from typing import Any, Final, NamedTuple

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _

from pakn_portal.pages.views.proof import captcha, is_proved_once
from pakn_portal.staff import known_browsers
from pakn_portal.submissions import limits
from pakn_portal.submissions.captcha import ProofOfWork
from pakn_portal.submissions.client import client_address, ipv6_site
from pakn_portal.submissions.limits import Claim
from pakn_portal.submissions.secrets import issue_form_key

#: Where a request keeps what its try has taken.
_TAKEN: Final = "_pakn_sign_in_taken"
#: Views that ask for the old password before they take a new one.
_PASSWORD_DOORS: Final = frozenset({"wagtailadmin_account", "admin:password_change", "password_change"})


class ThrottledSignIn:
    """Signs in nobody itself: it counts the try before another backend looks at the password.

    Without `get_user`, so that nothing takes it for the backend of a session.
    """

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, **credentials: Any
    ) -> None:
        """Raises PermissionDenied, which ends the sign-in, when there were too many wrong tries. The visitor
        is told how long to wait, or what else opens the door.
        """
        if request is None or "password" not in credentials:
            return
        account = str(username or credentials.get(get_user_model().USERNAME_FIELD) or "")
        claims = _claims(request, account)
        refused = limits.take_all(claims.plain)
        if refused is None:
            _keep(request, claims.plain)
            return
        if not is_proved_once(request, by_work=True):
            messages.error(request, _with_proof(_wait(refused)), fail_silently=True)
            raise PermissionDenied
        refused = limits.take_all(claims.with_proof)
        if refused is not None:
            messages.error(request, _wait(refused), fail_silently=True)
            raise PermissionDenied
        _keep(request, claims.with_proof)


def give_back(*, request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Receiver of `user_logged_in`: the try was right and does not count."""
    taken = request.__dict__.pop(_TAKEN, []) if request is not None else []
    if taken:
        limits.give_back_all(taken)


def refuse_guess(request: HttpRequest) -> HttpResponseBase | None:
    """Who changes a password tells the old one, which is a try like a sign-in. It counts for the session, so
    that who found one open does not stand in the owner's way.
    """
    match = request.resolver_match
    if match is None or match.view_name not in _PASSWORD_DOORS or not _tells_old_password(request):
        return None
    claims = [Claim(limits.SIGN_IN_WRONG_PER_ACCOUNT, f"session\x1f{request.session.session_key}")]
    refused = limits.take_all(claims)
    if refused is None:
        _keep(request, claims)
        return None
    messages.error(request, _wait_to_change(refused), fail_silently=True)
    return HttpResponseRedirect(request.get_full_path())


def after_change(request: HttpRequest, response: HttpResponseBase) -> None:
    """The old password was right when the form was taken."""
    match = request.resolver_match
    if match is None or match.view_name not in _PASSWORD_DOORS or response.status_code != 302:
        return
    if _TAKEN in request.__dict__:
        give_back(request=request)
        known_browsers.proved(request=request, user=request.user)


class _Claims(NamedTuple):
    plain: list[Claim]
    with_proof: list[Claim]


def _claims(request: HttpRequest, account: str) -> _Claims:
    """Everybody takes them in this order."""
    if known := known_browsers.known_as(request, account):
        return _Claims(
            [Claim(limits.SIGN_IN_WRONG_PER_ACCOUNT, f"known\x1f{known}")],
            [Claim(limits.SIGN_IN_PROVED_WRONG, f"known\x1f{known}")],
        )
    # a model may take “Lan”, “lan” and “ｌａｎ” for one account
    name = unicodedata.normalize("NFKC", account).strip().casefold()
    address = client_address(request)
    here, site = f"{address}\x1f{name}", ipv6_site(address)
    plain = [
        Claim(limits.SIGN_IN_WRONG_PER_ACCOUNT, here),
        Claim(limits.SIGN_IN_WRONG_BEFORE_PROOF, name),
        Claim(limits.SIGN_IN_WRONG_PER_ADDRESS, address),
        *([Claim(limits.SIGN_IN_WRONG_PER_IPV6_SITE, site)] if site else []),
    ]
    return _Claims(plain, [Claim(limits.SIGN_IN_PROVED_WRONG, here)])


def _keep(request: HttpRequest, claims: list[Claim]) -> None:
    setattr(request, _TAKEN, [*getattr(request, _TAKEN, []), *claims])


def _tells_old_password(request: HttpRequest) -> bool:
    is_asked = request.method == "POST" and request.user.is_authenticated
    return is_asked and any(value and name.endswith("old_password") for name, value in request.POST.items())


def _with_proof(sentence: str) -> str:
    """With what a browser needs to prove it, where the site's captcha is one of work; a script takes it into
    the form.
    """
    guard = captcha()
    if not isinstance(guard, ProofOfWork):
        return sentence
    return format_html(
        "{} {}",
        sentence,
        render_to_string("pakn_portal/includes/sign_in_proof.html", {"form_key": issue_form_key()}),
    )


def _wait(refused: Claim) -> str:
    wait = {"wait": limits.wait_in_words(refused.seconds_to_wait)}
    if refused.limit == limits.SIGN_IN_WRONG_BEFORE_PROOF:
        return (
            _(
                "There were too many wrong passwords for this account, perhaps by somebody else. "
                "Try again in %(wait)s."
            )
            % wait
        )
    return (
        _(
            "There were too many wrong passwords from your network, so no password is looked at now. "
            "Try again in %(wait)s."
        )
        % wait
    )


def _wait_to_change(refused: Claim) -> str:
    return _(
        "The old password was wrong too often, so nothing was saved. Change the password in %(wait)s."
    ) % {"wait": limits.wait_in_words(refused.seconds_to_wait)}
