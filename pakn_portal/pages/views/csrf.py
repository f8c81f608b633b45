"""`CSRF_FAILURE_VIEW`: a form without a fitting token is shown again with every word, and nothing is done.

The token is lost in ordinary ways: cookies are off or were swept, somebody signed in in another tab. The
forms of visitors hold no right of a session: what they may do is in the form itself (its signed key, the
proof, the grant). For these it is therefore enough that the *browser* says that the form came from this very
site (`Sec-Fetch-Site`, `Origin`: no other site can write those), once our page has told of the missing token
and a person has sent the form again. Staff act by their session, so their forms always need the token.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from enum import Enum
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import render
from django.utils import translation
from django.utils.http import is_same_domain
from django.utils.translation import gettext as _
from wagtail.models import Page

from pakn_portal.conf import portal_settings
from pakn_portal.pages.privacy import keep_private
from pakn_portal.pages.section.language import other_language
from pakn_portal.pages.views.unsent import leave_unsent

logger = logging.getLogger(__name__)

TEMPLATE: Final = "pakn_portal/csrf_failure.html"
#: A hidden field of the page shown again: who sends it with the form has read that the token was missing.
MARK_FIELD: Final = "shown_again"
#: The attribute of the request that `includes/token.html` reads.
_MARK: Final = "pakn_mark"
_MARK_SALT: Final = "pakn_portal.shown_again"
_MARK_LASTS: Final = timedelta(hours=24)


#: How Django's reasons begin where scheme or host of the address do not fit, whatever the cookies.
_OF_ADDRESSES: Final = ("Origin checking failed", "Referer checking failed")


class Origin(Enum):
    """Where the browser says that the form was opened."""

    OWN = "own"
    OTHER = "other"
    UNSAID = "unsaid"


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form again, with a new token and status 403; for whatever is no form of ours a page in the portal's
    look.

    Nothing typed comes back when another site sent it: nobody typed it here.
    """
    origin = origin_of(request)
    is_typed_here = bool(origin is not Origin.OTHER and request.POST)
    view = _view_that_keeps_words(request) if is_typed_here else None
    if is_typed_here and view is None:
        _leave_unsent(request, reason)  # the screens of staff that are none of ours, see `staff.left_screens`
    if view is None:
        return keep_private(_refusal(request, _is_address_wrong(origin, reason)))
    is_known = _has_mark(request)
    setattr(request, _MARK, signing.TimestampSigner(salt=_MARK_SALT).sign("again"))
    if origin is Origin.OWN and is_known and not _acts_by_session(request):
        return view()
    _leave_unsent(request, reason)
    response = view()
    if response.status_code not in (301, 302):
        response.status_code = 403
    return response


def _leave_unsent(request: HttpRequest, reason: str) -> None:
    leave_unsent(
        request,
        _("This was not sent yet; what you wrote is still here. Please send it once more."),
        _reason(reason),
    )


def origin_of(request: HttpRequest) -> Origin:
    """By what only the browser writes. The site's own scheme and host are not trusted over its word: behind a
    proxy they may be others.
    """
    if site := request.headers.get("Sec-Fetch-Site", ""):
        return Origin.OWN if site == "same-origin" else Origin.UNSAID if site == "none" else Origin.OTHER
    origin = request.headers.get("Origin", "")
    if not origin:
        return Origin.UNSAID
    return Origin.OWN if _is_ours(origin, request) else Origin.OTHER


def _is_ours(origin: str, request: HttpRequest) -> bool:
    try:
        own = f"{request.scheme}://{request.get_host()}"
        split = urlsplit(origin)
    except (DisallowedHost, ValueError):
        return False
    if split.scheme == "https" and split.netloc == request.get_host():
        return True  # behind a proxy that does not tell it, the site does not know that it is secure
    trusted = (urlsplit(one.replace("://*.", "://.")) for one in settings.CSRF_TRUSTED_ORIGINS)
    return origin == own or any(
        one.scheme == split.scheme and is_same_domain(split.netloc, one.netloc) for one in trusted
    )


def _view_that_keeps_words(request: HttpRequest) -> Callable[[], HttpResponse] | None:
    """What would have answered, for it can show the form again; None for all that is not ours."""
    match = request.resolver_match
    if match is None:
        return None
    if not (getattr(match.func, "keeps_words", False) or getattr(_page(request), "keeps_words", False)):
        return None
    return lambda: match.func(request, *match.args, **match.kwargs)


def _page(request: HttpRequest) -> Any:
    match = request.resolver_match
    if match is None or match.url_name != "wagtail_serve":
        return None
    route = Page.route_for_request(request, (match.args or tuple(match.kwargs.values()))[0])
    return route.page if route else None


def _acts_by_session(request: HttpRequest) -> bool:
    return _page(request) is None


def _has_mark(request: HttpRequest) -> bool:
    signer = signing.TimestampSigner(salt=_MARK_SALT)
    try:
        return signer.unsign(request.POST.get(MARK_FIELD, ""), max_age=_MARK_LASTS) == "again"
    except signing.BadSignature:
        return False


def _is_address_wrong(origin: Origin, reason: str) -> bool:
    """The browser says that it was here, and Django does not believe it: it does not know its own address."""
    return origin is not Origin.OTHER and reason.startswith(_OF_ADDRESSES)


def _reason(reason: str) -> str:
    """Below the sentence that says what to do."""
    if reason.startswith(_OF_ADDRESSES):
        logger.error("A form opened here was refused: see SECURE_PROXY_SSL_HEADER, CSRF_TRUSTED_ORIGINS")
        return _(
            "The site could not make out that the page was opened here. That is no fault of yours; if it "
            "comes back again, tell the Ministry Office."
        )
    return _(
        "If it comes back again, cookies may be switched off in your browser, or somebody signed in in "
        "another tab. Switch cookies on for this site, or tell the Ministry Office."
    )


def _refusal(request: HttpRequest, is_address_wrong: bool) -> HttpResponse:
    context = {
        "is_address_wrong": is_address_wrong,
        "pakn_base_template": portal_settings.BASE_TEMPLATE,
        "pakn_ministry": portal_settings.MINISTRY_NAME,
        "pakn_language": other_language() or translation.get_language() or settings.LANGUAGE_CODE,
    }
    try:
        return render(request, TEMPLATE, context, status=403)
    except Exception:  # a portal's base template may need what only its pages have
        logger.exception("The page that tells of a missing token could not be drawn")
        return HttpResponseForbidden(_("Go back, load the page anew and send the form once more."))
