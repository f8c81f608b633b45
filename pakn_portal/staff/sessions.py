"""A session of staff ends: some minutes after it was last used, and some hours after the sign-in.

The middleware also remembers a browser in which somebody signed in, and counts guesses of the old password.
A portal names `StaffSessions` in MIDDLEWARE after Django's AuthenticationMiddleware and MessageMiddleware.
Sessions of people who may not enter the CMS are left as they are, and a visitor without one costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponseBase
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from pakn_portal import clock
from pakn_portal.conf import portal_settings
from pakn_portal.staff import known_browsers, sign_in
from pakn_portal.staff.drafts.posted import is_by_itself
from pakn_portal.staff.left_screens import keep_or_give_back, shown_again
from pakn_portal.submissions.limits import wait_in_words

_ADMIN_DOOR: Final = "wagtailadmin.access_admin"
#: When the session of somebody of the staff began and was last used: two numbers of seconds since 1970.
_STAMP: Final = "pakn_staff"
_MINUTE: Final = 60
#: Sent by an open page by itself: nobody need be there.
_BY_ITSELF: Final = frozenset({"wagtailadmin_editing_sessions:ping"})


class StaffSessions:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._respond(request)
        if _is_in_cms(request):
            response = shown_again(request, response)
        sign_in.after_change(request, response)
        known_browsers.remember(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if (refusal := sign_in.refuse_guess(request)) is not None:
            return refusal
        if _is_in_cms(request):
            keep_or_give_back(request, view, kwargs)
        return None

    def _respond(self, request: HttpRequest) -> HttpResponseBase:
        """The use is written at most once a minute, so a session may end up to a minute early."""
        if not _has_session(request):
            return self._get_response(request)
        if reason := _why_ended(request.session.get(_STAMP)):
            logout(request)
            if _is_in_cms(request):
                messages.warning(request, reason, fail_silently=True)
            return self._get_response(request)
        response = self._get_response(request)
        if not _is_by_itself(request):
            _use(request)
        return response


def begin(*, request: HttpRequest | None = None, user: Any = None, **kwargs: Any) -> None:
    """Receiver of `user_logged_in`: the hours count from here."""
    if request is not None and hasattr(request, "session"):
        request.session.pop(_STAMP, None)
        if user is not None and user.has_perm(_ADMIN_DOOR):
            request.session[_STAMP] = [_now(), _now()]


def _use(request: HttpRequest) -> None:
    if SESSION_KEY not in request.session:  # the view signed them out
        return
    stamp = request.session.get(_STAMP)
    if stamp is None:
        # older than this middleware, or a role that came since
        if request.user.has_perm(_ADMIN_DOOR):
            request.session[_STAMP] = [_now(), _now()]
    elif abs(_now() - stamp[1]) >= _MINUTE:
        request.session[_STAMP] = [stamp[0], _now()]


def _why_ended(stamp: list[int] | None) -> str:
    """Empty while it lasts. A limit of 0 is none."""
    if stamp is None:
        return ""
    began, used = stamp
    idle = portal_settings.STAFF_IDLE_MINUTES * _MINUTE
    longest = portal_settings.STAFF_SESSION_HOURS * 60 * _MINUTE
    if longest and _now() - began >= longest:
        return _("You were signed out %(time)s after you had signed in. Sign in again.") % {
            "time": wait_in_words(longest)
        }
    if idle and _now() - used >= idle:
        return _("You were signed out because nothing was done for %(time)s. Sign in again.") % {
            "time": wait_in_words(idle)
        }
    return ""


def _has_session(request: HttpRequest) -> bool:
    """Without a cookie the table of sessions is not asked."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session


def _is_in_cms(request: HttpRequest) -> bool:
    try:
        return request.path.startswith(reverse("wagtailadmin_home"))
    except NoReverseMatch:  # a portal may keep the CMS on another host
        return False


def _is_by_itself(request: HttpRequest) -> bool:
    match = request.resolver_match
    return (match is not None and match.view_name in _BY_ITSELF) or is_by_itself(request)


def _now() -> int:
    return int(clock.now().timestamp())
