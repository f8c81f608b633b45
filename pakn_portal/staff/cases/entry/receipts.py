"""The receipt of an entry once more, for whoever made it: to print it again, or because the page was left.

The tracking code is stored nowhere; it follows from the key of the form. So the browser keeps that key for a
while, encrypted, for this account in this session alone: a cookie that outlives neither a sign-out nor its
time.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from pakn_portal.cases.models import Case
from pakn_portal.notifications.encryption import decrypt, encrypt
from pakn_portal.people.scope import scope_of
from pakn_portal.staff import addresses
from pakn_portal.submissions.actions import Accepted, find_submission_of, repeat_of

COOKIE: Final = "pakn_receipt"
#: As long as the sender stands at the counter, or is on the telephone.
LASTS: Final = timedelta(minutes=15)
_PURPOSE: Final = "pakn_portal.entry_receipt"
_BETWEEN: Final = "\x1f"


def remember(request: HttpRequest, response: HttpResponse, form_key: str) -> HttpResponse:
    """Of the last entry only; no script reads it, and it is sent to the entry's own addresses alone."""
    response.set_cookie(
        COOKIE,
        encrypt(_BETWEEN.join([form_key, _mark(request)]), purpose=_PURPOSE),
        max_age=LASTS,
        path=addresses.entry_url(),
        secure=request.is_secure(),
        httponly=True,
        samesite="Strict",
    )
    return response


def last_receipt(request: HttpRequest) -> Accepted | None:
    """None where there is none any more, and of a case that this person may not see now."""
    kept = decrypt(request.COOKIES.get(COOKIE, ""), purpose=_PURPOSE, ttl=LASTS)
    form_key, _between, mark = kept.partition(_BETWEEN)
    if not form_key or mark != _mark(request):
        return None
    earlier = find_submission_of(form_key)
    if earlier is None:
        return None
    is_seen = Case.objects.within(scope_of(request.user)).filter(pk=earlier.case.pk).exists()
    return repeat_of(earlier, form_key) if is_seen else None


def _mark(request: HttpRequest) -> str:
    """This account in this session, and nothing that could be used as either."""
    session = f"{request.user.pk}:{request.session.session_key}"
    return salted_hmac(_PURPOSE, session, algorithm="sha256").hexdigest()
