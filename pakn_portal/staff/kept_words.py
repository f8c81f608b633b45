"""What staff wrote while their session ended: kept for its writer alone, until they are signed in again.

The CMS sends whoever is not signed in to the log-in page, and their POST is gone. The addresses of our forms
(`FormAddress`) put it into the new, nameless session first: sealed, with the account that had opened the form
(a signed hidden field says so), for some hours. After the log-in the same form offers it to that account; for
any other it stays sealed. A session kept in a signed cookie has no room, so there nothing is kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.translation import gettext as _

from pakn_portal.notifications.sealing import seal, unseal
from pakn_portal.staff import addresses

View = Callable[..., HttpResponseBase]

#: The hidden field that says for whom the form was opened.
WRITER: Final = "writer"
KEPT_FOR: Final = timedelta(hours=12)
#: A form of ours holds some 150,000 characters at most.
LONGEST: Final = 500_000
_SALT: Final = "pakn_portal.writer"
_SESSION_KEY: Final = "pakn_words"
_NO_ROOM: Final = "django.contrib.sessions.backends.signed_cookies"
_NOT_WORDS: Final = frozenset({"csrfmiddlewaretoken", WRITER})


class FormAddress(URLPattern):
    """A `re_path` whose view is a form. Wagtail wraps the views it is given in its own guard; the words are
    kept before that one turns the visitor away.
    """

    @property
    def callback(self) -> View:
        return self._callback

    @callback.setter
    def callback(self, view: View) -> None:
        self._callback = _keeping(view)


def writer_of(request: HttpRequest) -> str:
    """The value of the hidden field."""
    return signing.Signer(salt=_SALT).sign(str(request.user.pk))


def is_of_another(request: HttpRequest) -> bool:
    """Whether the form was opened under another account: its words are not for this one."""
    writer = _writer(request.POST)
    return bool(writer) and writer != str(request.user.pk)


def signed_in_again() -> str:
    return _(
        "You were signed out before this was saved. Here is what you wrote: look it over and save it once "
        "more."
    )


def take_words(request: HttpRequest) -> QueryDict | None:
    """What this account wrote in the form at this address, once."""
    kept = request.session.get(_SESSION_KEY, {})
    opened = unseal(kept.get(request.path, ""), purpose=_SALT, ttl=KEPT_FOR)
    if not opened:
        return None
    writer, words = json.loads(opened)
    if writer != str(request.user.pk):
        return None
    request.session[_SESSION_KEY] = {path: words for path, words in kept.items() if path != request.path}
    return QueryDict(words)


def words_left(request: HttpRequest, sentence: str, *, status: int) -> HttpResponse:
    """For a form that has lost its case: the sentence, and the words to be copied."""
    # whoever writes uses blanks; keys, codes and choices have none
    words = [str(text) for name, text in request.POST.items() if name not in _NOT_WORDS]
    context = {
        "page_title": _("Not saved"),
        "header_icon": "warning",
        "breadcrumbs_items": [{"url": addresses.list_url(), "label": _("Cases")}],
        "sentence": sentence,
        "words": [text for text in words if " " in text.strip()],
    }
    return render(request, "pakn_portal/staff/words_left.html", context, status=status)


def _keeping(view: View) -> View:
    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        if request.user.is_anonymous:
            _keep(request)
        try:
            return view(request, *args, **kwargs)
        except (Http404, PermissionDenied) as error:
            if _writer(request.POST) != str(request.user.pk):
                raise
            status = 404 if isinstance(error, Http404) else 403
            return words_left(
                request, _("You cannot work on this any more, so nothing was saved."), status=status
            )

    kept.keeps_words = True  # type: ignore[attr-defined]
    return kept


def _keep(request: HttpRequest) -> None:
    writer = _writer(request.POST)
    words = request.POST.copy()
    for name in _NOT_WORDS:
        words.pop(name, None)
    text = words.urlencode()
    if not writer or len(text) > LONGEST or settings.SESSION_ENGINE == _NO_ROOM:
        return
    sealed = seal(json.dumps([writer, text]), purpose=_SALT)
    request.session[_SESSION_KEY] = {**request.session.get(_SESSION_KEY, {}), request.path: sealed}


def _writer(posted: QueryDict) -> str:
    try:
        return signing.Signer(salt=_SALT).unsign(posted.get(WRITER, ""))
    except signing.BadSignature:
        return ""
