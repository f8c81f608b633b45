"""What staff are writing, kept on the server as they write, and who else is writing at the same place.

Each opened form has a row of its own, so that nothing is ever written over: a form that goes on with a kept
text writes into that text's row, and of two that do so at once the later gets a new row. A script posts the
form to its own address with the button `keep_draft`; without one, a person presses it. The words are
encrypted, for their writer alone; only the form itself shows them again, and asks anew whether this person
may act.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.utils.crypto import salted_hmac
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from pakn_portal import clock
from pakn_portal.cases.enums import Verb
from pakn_portal.cases.places import OF_CASES, case_at, place_of
from pakn_portal.cases.state_secret import is_from_before_the_wipe
from pakn_portal.notifications.encryption import decrypt, encrypt
from pakn_portal.people.accounts import is_open
from pakn_portal.people.actor import account_of
from pakn_portal.people.names import person
from pakn_portal.staff.differences import WRITTEN, Compared, compared
from pakn_portal.submissions.limits import counting
from pakn_portal.submissions.models import KeptWords
from pakn_portal.submissions.tray import drop_uploads, drop_uploads_at, keep_uploads, waiting_uploads

#: The button that keeps the words without carrying anything out; by a script it may also only say that the
#: form is open.
KEEP: Final = "keep_draft"
ONLY_SEEN: Final = "seen"
#: A random word of one opened form, which is carried out once.
ONCE: Final = "once"
#: The button that throws a kept text away; its value is the key of the row.
DROP: Final = "drop_draft"
#: The field, and in an address the query, that names the row of this form.
KEY: Final = "kept"
REVISION: Final = "kept_revision"
#: A random word of one opened page: its own answer may have been lost on the way.
TAB: Final = "kept_tab"
WRITER: Final = "writer"
#: What is posted and is none of the words. The version is one: it says from which state they were written.
NOT_WORDS: Final = frozenset(
    {"csrfmiddlewaretoken", WRITER, KEEP, DROP, KEY, REVISION, TAB, ONCE, "shown_again"}
)
#: A form of ours holds some 150,000 characters at most.
LONGEST: Final = 500_000
#: How long a kept text waits for its writer; the worker deletes it then.
KEPT_FOR: Final = timedelta(days=14)
#: How many texts of one person are kept at one place; the oldest makes room.
MOST: Final = 10
#: A form says every half minute that it is open.
SEEN_FOR: Final = timedelta(seconds=75)
_PURPOSE: Final = "pakn_portal.kept_draft"
_KEEPS: Final = "X-Pakn-Keep"
#: Asks for a part of the page alone, and names it.
PART: Final = "X-Pakn-Part"
#: The field with the key under which files wait for the form.
FORM_KEY: Final = "form_key"
#: What a form carries besides what a person wrote in it: two texts that differ in these alone are one.
_OF_THE_FORM: Final = frozenset({FORM_KEY, "version", "seen", "fingerprint", "looked_at"})
#: What a form fills in by itself, so that nobody has written anything yet.
_BY_ITSELF: Final = _OF_THE_FORM | {"received_at"}
#: So many letters of a text tell it from another.
_BEGINNING: Final = 50
#: The attribute of a request that brought words which were not there before.
_HAS_NEW: Final = "_pakn_new_words"


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
    #: Against the newest one, where there are several.
    compared: list[Compared] = field(default_factory=list)


class NotKept(Exception):
    """The words were not kept; `str(error)` is for their writer, `status` for the script."""

    def __init__(self, sentence: str, *, status: int) -> None:
        super().__init__(sentence)
        self.status = status


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


class AlreadySent(Exception):
    """This very form was carried out before; `str(error)` is for the person."""

    def __init__(self) -> None:
        super().__init__(_("This was done already and was not done once more."))


def is_by_script(request: HttpRequest) -> bool:
    """Posted by the page itself while somebody writes: the answer is for a script, and the words stay where
    they are.
    """
    return _KEEPS in request.headers or PART in request.headers


def is_by_itself(request: HttpRequest) -> bool:
    """Sent by an open page though nobody need be there, so that it does not lengthen a session: only words
    that were kept for the first time say that somebody writes. Known once the request is answered.
    """
    return _KEEPS in request.headers and not hasattr(request, _HAS_NEW)


def is_about_drafts(request: HttpRequest) -> bool:
    """Nothing is to be carried out."""
    return KEEP in request.POST or DROP in request.POST


def desk(
    request: HttpRequest,
    place: str,
    *,
    sentence: str = "",
    key: str = "",
    address: str = "",
    words: QueryDict | None = None,
) -> Desk:
    """Kept texts and colleagues at this place: one query. `key`: of the text that fills the form; `address`:
    of the form, where it stands on another page; `words`: what fills the form, where it was not posted just
    now. The text that the form shows already is not offered: the form goes on with it.
    """
    rows = _rows_at(request, place)
    key = key or (_key(request.POST) if request.method == "POST" else "")
    own = [row for row in rows if row.owner_id == request.user.pk]
    mine = next((row for row in own if str(row.key) == key), None)
    saved = [row for row in own if row.saved_at is not None and row is not mine]
    same = _same(saved, words or request.POST)
    mine = mine or next(iter(same), None)
    waiting = [row for row in saved if row is not mine and row not in same]
    return Desk(
        key=str(mine.key) if mine else "",
        revision=mine.revision if mine else 0,
        offered=_offered(waiting, request, address),
        others=_names(rows, request.user),
        sentence=sentence,
    )


def opened(request: HttpRequest, place: str) -> QueryDict | None:
    """The words that the address names, if they are this person's and of this form."""
    row = _own(request, place).filter(key=_uuid(request.GET.get(KEY, ""))).first()
    return _words(row) if row is not None else None


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


@transaction.atomic
def keep(request: HttpRequest, place: str) -> tuple[KeptWords, bool]:
    """Write the posted words into the row of this form, and whether they got a row of their own because the
    other one has been changed elsewhere. Raises NotKept.
    """
    words = _posted(request)
    if len(words) > LONGEST:
        raise NotKept(_("Too long to be kept. Save it."), status=413)
    only_seen = request.POST.get(KEEP) == ONLY_SEEN
    key, revision = _uuid(_key(request.POST)), _number(request.POST.get(REVISION, ""))
    tab = request.POST.get(TAB, "")[:32]
    now = clock.now()
    row = _own(request, place).filter(key=key)
    if only_seen:
        if row.update(seen_at=now):
            return row.get(), False
        return KeptWords.objects.create(owner=account_of(request), place=place, seen_at=now, tab=tab), False
    if is_from_before(place, request.POST):
        raise NotKept(on_paper(), status=409)
    same = Q(revision=revision) | (Q(tab=tab) if tab else Q(pk=None))
    earlier = _own(request, place).filter(Q(key=key) | Q(tab=tab)).values_list("sealed", flat=True)
    is_empty = _is_empty(request.POST)
    if not is_empty and all(decrypt(sealed, purpose=_PURPOSE) != words for sealed in earlier):
        setattr(request, _HAS_NEW, True)
    # an empty form is only open: nothing of it is offered again
    sealed, saved_at = ("", None) if is_empty else (encrypt(words, purpose=_PURPOSE), now)
    change = {"sealed": sealed, "saved_at": saved_at, "seen_at": now, "tab": tab}
    if form_key := request.POST.get(FORM_KEY, ""):
        keep_uploads(form_key, place=place, until=now + KEPT_FOR)
    if row.filter(same).update(revision=F("revision") + 1, **change):
        written = row.get()
        _forget_same(request, place, but=written)
        return written, False
    made = KeptWords.objects.create(owner=account_of(request), place=place, revision=1, **change)
    _forget_same(request, place, but=made)
    _make_room(request, place)
    return made, row.exists()


def forget(request: HttpRequest, place: str) -> None:
    """Delete the text that was just used, and what says the same: it would be offered for a second use.
    Called in the transaction that uses it.
    """
    _own(request, place).filter(key=_uuid(_key(request.POST))).delete()
    _forget_same(request, place)


def send_once(request: HttpRequest, place: str) -> None:
    """Note that this form is carried out with these words; first in the transaction that does it, so that of
    two at once the second waits, and what is refused can be sent again. Raises AlreadySent.

    The version tells most acts that are sent twice, but not those that change no case, such as a note.
    """
    form = request.POST.get(ONCE, "")[:32] or _key(request.POST)
    if not form:
        return
    who = salted_hmac(_PURPOSE, f"{request.user.pk}/{place}/{form}/{_posted(request)}", algorithm="sha256")
    sent = counting.change(
        who.hexdigest()[:32],
        int(KEPT_FOR.total_seconds()),
        lambda uses, now: None if uses else [counting.Use(now, 1)],
    )
    if sent is None:
        raise AlreadySent


def drop(request: HttpRequest, place: str) -> None:
    """With the files that waited for its form, unless they wait for the form that asks for it too."""
    rows = _own(request, place).filter(key=_uuid(request.POST.get(DROP, "")))
    for row in rows:
        form_key = _words(row).get(FORM_KEY, "")
        if form_key and form_key != request.POST.get(FORM_KEY):
            drop_uploads(form_key)
    rows.delete()


def answer(request: HttpRequest, place: str) -> JsonResponse:
    """Keep the words and say so to the script."""
    try:
        row, is_apart = keep(request, place)
    except NotKept as error:
        return JsonResponse({"sentence": str(error)}, status=error.status)
    sentence = _apart() if is_apart else saved_at(row)
    told = {"kept": str(row.key), "revision": row.revision, "sentence": sentence, "apart": is_apart}
    return JsonResponse({**told, "others": _names(_rows_at(request, place), request.user)})


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


def is_from_before(place: str, posted: QueryDict) -> bool:
    """Whether the form was opened before its case was confirmed as a state secret, of which nothing is kept
    here. In the transaction that keeps what is posted.
    """
    case = case_at(place)
    return case is not None and is_from_before_the_wipe(case, _number(posted.get("version", "")))


@transaction.atomic
def is_of_paper(place: str, form_key: str) -> bool:
    """Whether the case is kept on paper only, so that no file of a form about it waits; what came goes."""
    case = case_at(place)
    if case is None or not is_from_before_the_wipe(case):
        return False
    drop_uploads(form_key)
    return True


def on_paper() -> str:
    return _(
        "This case is kept on paper only now, so nothing that was written before is kept here. Close this "
        "page; if it is about the paper, open the form anew."
    )


def _apart() -> str:
    return _("This draft was changed in another window too. Both are kept: load the page anew to see them.")


def wipe_drafts(*, case: Any, event: Any, **kwargs: Any) -> None:
    """Receiver of `event_recorded`: of a confirmed state secret nobody's draft is kept, whoever wrote it,
    nor a file that waits for one."""
    if event.verb == Verb.CONFIRM_SECRET:
        KeptWords.objects.filter(place__startswith=place_of(case.pk, "")).delete()
        drop_uploads_at(place_of(case.pk, ""))


def sweep() -> int:
    """Delete texts that waited too long, and rows of forms that are not open any more; returns how many."""
    now = clock.now()
    ended = Q(saved_at__lt=now - KEPT_FOR) | Q(saved_at=None, seen_at__lt=now - 2 * SEEN_FOR)
    return KeptWords.objects.filter(ended).delete()[0]


def _own(request: HttpRequest, place: str) -> Any:
    return KeptWords.objects.filter(owner=account_of(request), place=place)


def _rows_at(request: HttpRequest, place: str) -> list[KeptWords]:
    """Newest first: this person's, and those of colleagues whose form is open now."""
    there = Q(owner=account_of(request)) | Q(seen_at__gte=clock.now() - SEEN_FOR)
    rows = KeptWords.objects.filter(there, place=place).select_related("owner")
    return list(rows.order_by(F("saved_at").desc(nulls_last=True), "-pk"))


def _names(rows: list[KeptWords], user: Any) -> str:
    others = {
        row.owner_id: row.owner
        for row in rows
        if row.owner_id != user.pk and is_open(row.owner) and row.place.startswith(OF_CASES)
    }
    names = ", ".join(sorted(person(other) for other in others.values()))
    return _("%(names)s has this form open too.") % {"names": names} if names else ""


def _offered(rows: list[KeptWords], request: HttpRequest, address: str) -> list[Offered]:
    if not rows:
        return []
    newest = _words(rows[0])
    return [
        Offered(
            str(row.key),
            _told(row.saved_at),
            _address(request, address, str(row.key)),
            _beginning(_words(row)),
            compared(_words(row), newest) if row is not rows[0] else [],
        )
        for row in rows
    ]


def _address(request: HttpRequest, address: str, key: str) -> str:
    query = request.GET.copy()
    query[KEY] = key
    return f"{address or request.path}?{query.urlencode()}"


def _told(instant: Any) -> str:
    """The time, with its day unless that is today."""
    local = clock.local(instant)
    return f"{local:%H:%M}" if local.date() == clock.today() else f"{local:%H:%M %d/%m/%Y}"


def _words(row: KeptWords) -> QueryDict:
    return QueryDict(decrypt(row.sealed, purpose=_PURPOSE))


def _typed(words: QueryDict, *, but: frozenset[str] = _OF_THE_FORM) -> dict[str, list[str]]:
    """What was written and chosen, by field."""
    found = {}
    for name, values in words.lists():
        kept = [value.replace("\r\n", "\n").strip() for value in values if value.strip()]
        if kept and name not in NOT_WORDS | but:
            found[name] = kept
    return found


def _is_empty(words: QueryDict) -> bool:
    return not _typed(words, but=_BY_ITSELF) and not waiting_uploads(words.get(FORM_KEY, ""))


def _same(rows: list[KeptWords], words: QueryDict) -> list[KeptWords]:
    """The rows with just this text. One for which files of its own wait says more than its words."""
    typed, form_key = _typed(words), words.get(FORM_KEY, "")
    if not typed:
        return []
    found = []
    for row in rows:
        other = _words(row)
        own_files = other.get(FORM_KEY, "")
        if _typed(other) == typed and (own_files == form_key or not waiting_uploads(own_files)):
            found.append(row)
    return found


def _forget_same(request: HttpRequest, place: str, *, but: KeptWords | None = None) -> None:
    """One draft for each text: delete this person's others that say what was posted."""
    rows = _own(request, place).exclude(saved_at=None).exclude(pk=but.pk if but is not None else None)
    KeptWords.objects.filter(pk__in=[row.pk for row in _same(list(rows), request.POST)]).delete()


def _beginning(words: QueryDict) -> str:
    """Of the first field in which somebody wrote."""
    text = next((" ".join(str(words[name]).split()) for name in WRITTEN if words.get(name, "").strip()), "")
    return Truncator(text).chars(_BEGINNING)


def _posted(request: HttpRequest) -> str:
    words = request.POST.copy()
    for name in NOT_WORDS:
        words.pop(name, None)
    return words.urlencode()


def _make_room(request: HttpRequest, place: str) -> None:
    rows = _own(request, place).exclude(saved_at=None).order_by("-saved_at", "-pk")
    KeptWords.objects.filter(pk__in=[row.pk for row in rows.only("pk")[MOST:]]).delete()


def _key(values: QueryDict) -> str:
    return str(values.get(KEY, ""))


def _uuid(text: str) -> uuid.UUID:
    """What was given, or one that no row has."""
    is_one = re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text)
    return uuid.UUID(text) if is_one else uuid.UUID(int=0)


def _number(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else -1
