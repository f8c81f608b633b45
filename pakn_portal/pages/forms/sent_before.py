"""What this browser sent a short while ago through the same form, for people who go back and press again.

A form is never shown twice with the same key, but browsers put the old words into the fresh one. The cookie
holds the keys of the forms that were accepted, each sealed with the words that were sent: neither the cookie
without the words nor the words without the cookie tell anything.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.encoding import iri_to_uri

from pakn_portal.submissions.actions import find_submission_of
from pakn_portal.submissions.forms.repeats import decrypt_with_words, encrypt_with_words
from pakn_portal.submissions.models import Submission

COOKIE: Final = "pakn_sent"
#: As long as somebody may still wonder whether it has left.
LASTS: Final = timedelta(hours=3)
#: Of one form, the last ones.
MOST: Final = 5
_BETWEEN: Final = "."


def remember_sent(
    request: HttpRequest, response: HttpResponse, form: forms.Form, form_key: str
) -> HttpResponse:
    """Until the browser is closed, for this form only, and not readable by scripts."""
    sealed = [encrypt_with_words(form, form_key), *_kept(request)][:MOST]
    response.set_cookie(
        COOKIE,
        _BETWEEN.join(sealed),
        # as it stands in the address: a slug may have Vietnamese letters, a header may not
        path=iri_to_uri(request.path),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def sent_before(request: HttpRequest, form: forms.Form) -> tuple[Submission, str] | None:
    """What the very same words made when this browser sent them, and the key of that form."""
    for sealed in _kept(request):
        form_key = decrypt_with_words(form, sealed, max_age=LASTS)
        if form_key and (earlier := find_submission_of(form_key)):
            return earlier, form_key
    return None


def _kept(request: HttpRequest) -> list[str]:
    return [sealed for sealed in request.COOKIES.get(COOKIE, "").split(_BETWEEN) if sealed][:MOST]
