"""What a form shows of kept texts, and of who else is writing at the same place.

A script posts the form to its own address with the button `keep_draft`; without one, a person presses it.
Only the form itself shows the words again, and asks anew whether this person may act.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from pakn_portal import clock
from pakn_portal.cases.places import OF_CASES
from pakn_portal.people.accounts import is_open
from pakn_portal.people.names import person
from pakn_portal.staff.differences import WRITTEN, Compared, compared
from pakn_portal.staff.drafts.keeping import (
    NotKept,
    drop,
    keep,
    own_rows,
    rows_at,
    same_text,
    says_the_same,
    words_of,
)
from pakn_portal.staff.drafts.posted import (
    ATTACH,
    DROP,
    FORM_KEY,
    KEY,
    REVISION,
    TAKEN_BACK,
    as_number,
    as_uuid,
    is_by_script,
    kept_key,
)
from pakn_portal.submissions.models import KeptWords
from pakn_portal.submissions.tray import number_waiting

#: So many letters of a text tell it from another.
_BEGINNING: Final = 50


@dataclass(frozen=True)
class Offered:
    """A kept text as its writer sees it."""

    key: str
    #: When it was kept, in words.
    at: str
    #: Where the form is filled in with it.
    url: str
    #: The first words of the text; empty where only choices were made.
    beginning: str = ""
    #: Against what is saved; where nothing is, the words in the form against it, or else the newest one.
    compared: list[Compared] = field(default_factory=list)
    is_against_saved: bool = False
    is_against_form: bool = False
    #: How many files wait with it.
    files: int = 0


@dataclass(frozen=True)
class Desk:
    """What the form shows of all this."""

    key: str = ""
    revision: int = 0
    offered: list[Offered] = field(default_factory=list)
    others: str = ""
    #: What was done just now, or what the form has been filled in with.
    sentence: str = ""
    once: str = field(default_factory=lambda: uuid.uuid4().hex)


def desk(
    request: HttpRequest,
    place: str,
    *,
    sentence: str = "",
    key: str = "",
    address: str = "",
    words: QueryDict | None = None,
    stored: Callable[[], Mapping[str, str]] | None = None,
) -> Desk:
    """Kept texts and colleagues at this place: one query. `key`: of the text that fills the form; `address`:
    of the form, where it stands on another page; `words`: what fills the form, where it was not posted just
    now, with the draft that they went on with, if it has not been changed since. The text that the form
    shows already is not offered: the form goes on with it. Nor is one that is saved already. `stored`: gives
    what the form begins with.
    """
    rows = rows_at(request, place)
    key = key or (kept_key(request.POST) if request.method == "POST" else "")
    own = [row for row in rows if row.owner_id == request.user.pk]
    mine = next((row for row in own if str(row.key) == key), None) or _gone_on_with(own, words)
    saved = [row for row in own if row.saved_at is not None and row is not mine and words_of(row)]
    same = same_text(saved, words or request.POST)
    mine = mine or next(iter(same), None)
    waiting = [row for row in saved if row is not mine and row not in same]
    first = stored() if waiting and stored else {}
    waiting = [row for row in waiting if not says_the_same(row, first)]
    return Desk(
        key=str(mine.key) if mine else "",
        revision=mine.revision if mine else 0,
        offered=_offered(waiting, request, address, first, words),
        others=_names(rows, request.user),
        sentence=sentence,
    )


def _gone_on_with(rows: list[KeptWords], words: QueryDict | None) -> KeptWords | None:
    """The row that these words were written into, unless another window has written there since."""
    if words is None or KEY not in words:
        return None
    seen = (kept_key(words), as_number(words.get(REVISION, "")))
    return next((row for row in rows if (str(row.key), row.revision) == seen), None)


def opened(request: HttpRequest, place: str) -> QueryDict | None:
    """The words that the address names, if they are this person's and of this form."""
    row = own_rows(request, place).filter(key=as_uuid(request.GET.get(KEY, ""))).first()
    return words_of(row) if row is not None else None


def went_on() -> str:
    return _("This is your draft. It is not sent yet: look it over and go on.")


def respond(
    request: HttpRequest, place: str, *, refusal: str, again: Callable[..., HttpResponse]
) -> HttpResponse:
    """Keep the words, or throw a kept text away, and show the form again with what was typed. `refusal`: why
    this person may not act now; then nothing is kept. `again` draws the form with what is in its `kept`.
    """
    if DROP in request.POST:
        drop(request, place)
        return again(kept=desk(request, place), is_unsaved=True)
    if is_by_script(request):
        return refused(request, refusal, status=409) if refusal else answer(request, place)
    if refusal:
        return again(kept=desk(request, place, sentence=refusal), is_unsaved=True)
    try:
        row, is_apart = keep(request, place)
    except NotKept as error:
        return again(kept=desk(request, place, sentence=str(error)), is_unsaved=True)
    sentence = _apart() if is_apart else saved_at(row)
    return again(kept=desk(request, place, sentence=sentence, key=str(row.key)))


def answer(request: HttpRequest, place: str) -> JsonResponse:
    """Keep the words and say so to the script."""
    try:
        row, is_apart = keep(request, place)
    except NotKept as error:
        return JsonResponse({"sentence": str(error)}, status=error.status)
    sentence = _apart() if is_apart else saved_at(row)
    told = {"kept": str(row.key), "revision": row.revision, "sentence": sentence, "apart": is_apart}
    return JsonResponse({**told, "others": _names(rows_at(request, place), request.user)})


def refused(request: HttpRequest, sentence: str, *, status: int) -> JsonResponse:
    """With a fresh token: it fits the next try, if the person is signed in."""
    return JsonResponse({"sentence": sentence, "token": get_token(request)}, status=status)


def signed_out() -> HttpResponse:
    """For whoever's session ended while the page stayed open. The words stay on the page."""
    sentence = _("You are signed out. Sign in again in another window; what you wrote stays here.")
    return JsonResponse({"sentence": sentence, "signed_out": True}, status=401)


def saved_at(row: KeptWords) -> str:
    if row.saved_at is None:
        return _("Nothing is written yet, so no draft is kept.")
    return _("Draft saved at %(time)s") % {"time": _told(row.saved_at)}


def _apart() -> str:
    return _("This draft was changed in another window too. Both are kept: load the page anew to see them.")


def _names(rows: list[KeptWords], user: Any) -> str:
    others = {
        row.owner_id: row.owner
        for row in rows
        if row.owner_id != user.pk and is_open(row.owner) and row.place.startswith(OF_CASES)
    }
    names = ", ".join(sorted(person(other) for other in others.values()))
    return _("%(names)s has this form open too.") % {"names": names} if names else ""


def _offered(
    rows: list[KeptWords],
    request: HttpRequest,
    address: str,
    stored: Mapping[str, str],
    shown: QueryDict | None,
) -> list[Offered]:
    if not rows:
        return []
    texts = [words_of(row) for row in rows]
    files = number_waiting(words.get(FORM_KEY, "") for words in texts)
    newest, offered = shown or texts[0], []
    is_saved = any(name in WRITTEN for name in stored)
    for row, words in zip(rows, texts, strict=True):
        # from what is saved to the draft, or else from the draft to the newest one
        before, after = (stored, words) if is_saved else (words, newest)
        found = compared(before, after) if before is not after else []
        offered.append(
            Offered(
                str(row.key),
                _told(row.saved_at),
                address_of(request, str(row.key), address),
                (_added(found) if is_saved else "") or _beginning(words),
                found,
                is_saved,
                not is_saved and bool(shown),
                files.get(words.get(FORM_KEY, ""), 0),
            )
        )
    return offered


def _added(found: list[Compared]) -> str:
    """The first words that are not in what is saved: by the others no draft is told from another."""
    pieces = (piece.text for one in found for piece in one.pieces if piece.change == "added")
    text = next((" ".join(piece.split()) for piece in pieces if piece.strip()), "")
    return Truncator(text).chars(_BEGINNING)


def _beginning(words: QueryDict) -> str:
    """Of the first field in which somebody wrote."""
    text = next((" ".join(str(words[name]).split()) for name in WRITTEN if words.get(name, "").strip()), "")
    return Truncator(text).chars(_BEGINNING)


def address_of(request: HttpRequest, key: str, address: str = "", **more: str) -> str:
    """Where the form is filled in with this text; `address`: of the form, where it stands on another page."""
    query = request.GET.copy()
    for said_once in (ATTACH, TAKEN_BACK):
        query.pop(said_once, None)
    query.update({KEY: key, **more})
    query.setlist(KEY, [key])
    return f"{address or request.path}?{query.urlencode()}"


def _told(instant: Any) -> str:
    """The time, with its day unless that is today."""
    local = clock.local(instant)
    return f"{local:%H:%M}" if local.date() == clock.today() else f"{local:%H:%M %d/%m/%Y}"
