"""What staff are writing, kept on the server as they write it.

Each opened form has a row of its own, so that nothing is ever written over: a form that goes on with a kept
text writes into that text's row, and of two that do so at once the later gets a new row. The words are
encrypted, for their writer alone: with a key of this writer and place, so that a row that was moved to others
in the database opens for nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Q, Sum
from django.db.models.functions import Length
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from pakn_portal import clock
from pakn_portal.notifications.encryption import decrypt, encrypt
from pakn_portal.people.actor import account_of
from pakn_portal.staff.drafts.posted import (
    DROP,
    FORM_KEY,
    HAS_NEW,
    KEEP,
    NOT_WORDS,
    ONLY_SEEN,
    REVISION,
    TAB,
    as_number,
    as_uuid,
    kept_key,
    posted_words,
)
from pakn_portal.staff.drafts.state_secret import is_from_before, on_paper
from pakn_portal.submissions.models import KeptWords
from pakn_portal.submissions.tray import drop_uploads, keep_uploads, waiting_uploads

#: A form of ours holds some 150,000 characters at most.
LONGEST: Final = 500_000
#: How long a kept text waits for its writer; the worker deletes it then.
KEPT_FOR: Final = timedelta(days=14)
#: How many texts of one person are kept at one place; the oldest makes room.
MOST: Final = 10
#: What the texts of one person take at most, encrypted: a thousand long answers.
MOST_OF_ACCOUNT: Final = 20 * 1024 * 1024
#: A form says every half minute that it is open.
SEEN_FOR: Final = timedelta(seconds=75)
_PURPOSE: Final = "pakn_portal.kept_draft"
#: What a form carries besides what a person wrote in it: two texts that differ in these alone are one.
_OF_THE_FORM: Final = frozenset({FORM_KEY, "version", "seen", "fingerprint", "looked_at", "open_tab"})
#: What a form fills in by itself, so that nobody has written anything yet.
_BY_ITSELF: Final = _OF_THE_FORM | {"received_at"}


class NotKept(Exception):
    """The words were not kept; `str(error)` is for their writer, `status` for the script."""

    def __init__(self, sentence: str, *, status: int) -> None:
        super().__init__(sentence)
        self.status = status


@transaction.atomic
def keep(request: HttpRequest, place: str) -> tuple[KeptWords, bool]:
    """Write the posted words into the row of this form, and whether they got a row of their own because the
    other one has been changed elsewhere. Raises NotKept.
    """
    words = posted_words(request)
    if len(words) > LONGEST:
        raise NotKept(_("Too long to be kept. Save it."), status=413)
    only_seen = request.POST.get(KEEP) == ONLY_SEEN
    key, revision = as_uuid(kept_key(request.POST)), as_number(request.POST.get(REVISION, ""))
    tab = request.POST.get(TAB, "")[:32]
    now = clock.now()
    row = own_rows(request, place).filter(key=key)
    if only_seen:
        if row.update(seen_at=now):
            return row.get(), False
        _make_room(own_rows(request, place).filter(saved_at=None).order_by("-seen_at", "-pk"), but=MOST - 1)
        return KeptWords.objects.create(owner=account_of(request), place=place, seen_at=now, tab=tab), False
    if is_from_before(place, request.POST):
        raise NotKept(on_paper(), status=409)
    same = Q(revision=revision) | (Q(tab=tab) if tab else Q(pk=None))
    earlier = own_rows(request, place).filter(Q(key=key) | Q(tab=tab))
    is_empty = _is_empty(request.POST)
    if not is_empty and all(_opened(row) != words for row in earlier):
        setattr(request, HAS_NEW, True)
    # an empty form is only open: nothing of it is offered again
    sealed, saved_at = (
        ("", None) if is_empty else (encrypt(words, purpose=_purpose(account_of(request).pk, place)), now)
    )
    if sealed and len(sealed) + _taken_by_others(request, but=row) > MOST_OF_ACCOUNT:
        raise NotKept(
            _("Your drafts fill the room there is. Finish or discard some of them first."), status=413
        )
    change = {"sealed": sealed, "saved_at": saved_at, "seen_at": now, "tab": tab}
    if form_key := request.POST.get(FORM_KEY, ""):
        keep_uploads(form_key, place=place, until=now + KEPT_FOR)
    if row.filter(same).update(revision=F("revision") + 1, **change):
        written = row.get()
        _forget_same(request, place, but=written)
        return written, False
    made = KeptWords.objects.create(owner=account_of(request), place=place, revision=1, **change)
    _forget_same(request, place, but=made)
    _make_room(own_rows(request, place).exclude(saved_at=None).order_by("-saved_at", "-pk"), but=MOST)
    return made, row.exists()


def forget(request: HttpRequest, place: str) -> None:
    """Delete the text that was just used, and what says the same: it would be offered for a second use.
    Called in the transaction that uses it.
    """
    own_rows(request, place).filter(key=as_uuid(kept_key(request.POST))).delete()
    _forget_same(request, place)


def drop(request: HttpRequest, place: str) -> None:
    """With the files that waited for its form, unless they wait for the form that asks for it too."""
    rows = own_rows(request, place).filter(key=as_uuid(request.POST.get(DROP, "")))
    for row in rows:
        form_key = words_of(row).get(FORM_KEY, "")
        if form_key and form_key != request.POST.get(FORM_KEY):
            drop_uploads(form_key)
    rows.delete()


def sweep() -> int:
    """Delete texts that waited too long, and rows of forms that are not open any more; returns how many."""
    now = clock.now()
    ended = Q(saved_at__lt=now - KEPT_FOR) | Q(saved_at=None, seen_at__lt=now - 2 * SEEN_FOR)
    return KeptWords.objects.filter(ended).delete()[0]


def own_rows(request: HttpRequest, place: str) -> Any:
    return KeptWords.objects.filter(owner=account_of(request), place=place)


def rows_at(request: HttpRequest, place: str) -> list[KeptWords]:
    """Newest first: this person's, and those of colleagues whose form is open now."""
    there = Q(owner=account_of(request)) | Q(seen_at__gte=clock.now() - SEEN_FOR)
    rows = KeptWords.objects.filter(there, place=place).select_related("owner")
    return list(rows.order_by(F("saved_at").desc(nulls_last=True), "-pk"))


def words_of(row: KeptWords) -> QueryDict:
    return QueryDict(_opened(row))


def _opened(row: KeptWords) -> str:
    """Nothing of a row that was another's, or of another form. Rows of before `0063` have one key for all;
    they open as long as any row waits.
    """
    bound = decrypt(row.sealed, purpose=_purpose(row.owner_id, row.place))
    return bound or decrypt(row.sealed, purpose=_PURPOSE, ttl=KEPT_FOR)


def _purpose(owner: Any, place: str) -> str:
    return f"{_PURPOSE}\x1f{owner}\x1f{place}"


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


def same_text(rows: list[KeptWords], words: QueryDict) -> list[KeptWords]:
    """The rows with just this text. One for which files of its own wait says more than its words."""
    typed, form_key = _typed(words), words.get(FORM_KEY, "")
    if not typed:
        return []
    found = []
    for row in rows:
        other = words_of(row)
        own_files = other.get(FORM_KEY, "")
        if _typed(other) == typed and (own_files == form_key or not waiting_uploads(own_files)):
            found.append(row)
    return found


def says_the_same(row: KeptWords, saved: Mapping[str, str]) -> bool:
    """Whether this text is what is saved already, so that there is nothing to go on with."""
    first = QueryDict(mutable=True)
    first.update(dict(saved))
    return bool(saved) and same_text([row], first) == [row]


def _forget_same(request: HttpRequest, place: str, *, but: KeptWords | None = None) -> None:
    """One draft for each text: delete this person's others that say what was posted."""
    rows = own_rows(request, place).exclude(saved_at=None).exclude(pk=but.pk if but is not None else None)
    KeptWords.objects.filter(pk__in=[row.pk for row in same_text(list(rows), request.POST)]).delete()


def _make_room(rows: Any, *, but: int) -> None:
    """Delete these rows, but for the first so many."""
    KeptWords.objects.filter(pk__in=[row.pk for row in rows.only("pk")[but:]]).delete()


def _taken_by_others(request: HttpRequest, *, but: Any) -> int:
    """How many letters this person's kept texts take, without these rows."""
    rows = KeptWords.objects.filter(owner=account_of(request)).exclude(pk__in=but.values("pk"))
    return rows.aggregate(taken=Sum(Length("sealed")))["taken"] or 0
