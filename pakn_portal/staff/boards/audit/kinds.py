"""What an auditor looks at first: acts that are lawful, and that somebody should be able to explain.

No line is of two kinds, so that the numbers of the kinds add up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import pgettext

from pakn_portal.cases.enums import Verb

_ALL: Final = Q()


@dataclass(frozen=True)
class WatchedKind:
    code: str
    verb: Verb
    label: Callable[[], str]
    #: Beside the verb.
    more: Q = _ALL
    #: Never right, however it came about.
    is_bad: bool = False

    @property
    def found(self) -> Q:
        return Q(verb=self.verb) & self.more

    def has(self, event: Any) -> bool:
        """Whether the line is of this kind, of one that is known to be watched."""
        if event.verb != self.verb or _NOT_WITH.get(self.code) in event.data:
            return False
        return self.key is None or self.key in event.data

    @property
    def key(self) -> str | None:
        """Of the line's data, where that tells the kind."""
        return _KEYS.get(self.code)


#: Kind → what of the data of its lines says that they are of it.
_KEYS: Final = {
    "corrected": "corrected_from",
    "renumbered": "is_corrected",
    "new_code": "new_code",
    "doubted": "doubted",
}
#: Kind → what of the data of a line says that it is not of it: whoever writes to a sender needs the address.
_NOT_WITH: Final = {"contacts": "told"}


def _with(key: str) -> Q:
    return Q(data__has_key=key)


WATCHED: Final[tuple[WatchedKind, ...]] = (
    WatchedKind(
        "contacts",
        Verb.READ_CONTACTS,
        lambda: pgettext("watched act", "looked at contacts"),
        ~_with("told"),
    ),
    WatchedKind(
        "corrected",
        Verb.APPROVE_ANSWER,
        lambda: pgettext("watched act", "changed the answer while approving"),
        _with("corrected_from"),
    ),
    WatchedKind(
        "backdated",
        Verb.SUBMIT,
        lambda: pgettext("watched act", "entered with an earlier date"),
        Q(by__isnull=False) & ~Q(case__submission__backdating_reason=""),
    ),
    WatchedKind("recalled", Verb.RECALL, lambda: pgettext("watched act", "recalled from a unit")),
    WatchedKind(
        "unpublished", Verb.UNPUBLISH, lambda: pgettext("watched act", "took an answer off the site")
    ),
    WatchedKind("amended", Verb.CORRECT, lambda: pgettext("watched act", "corrected a public answer")),
    WatchedKind(
        "sender_data", Verb.CORRECT_SENDER, lambda: pgettext("watched act", "changed or erased sender's data")
    ),
    WatchedKind("reopened", Verb.REOPEN, lambda: pgettext("watched act", "re-opened a case")),
    WatchedKind("unlocked", Verb.RELEASE_HOLD, lambda: pgettext("watched act", "unlocked a case")),
    WatchedKind(
        "renumbered",
        Verb.NOTE,
        lambda: pgettext("watched act", "corrected number, date or signatory of a letter that left"),
        _with("is_corrected"),
    ),
    WatchedKind(
        "new_code",
        Verb.NOTE,
        lambda: pgettext("watched act", "new tracking code"),
        _with("new_code"),
    ),
    WatchedKind(
        "doubted",
        Verb.NOTE,
        lambda: pgettext("watched act", "answer is not the one approved"),
        _with("doubted"),
        is_bad=True,
    ),
)
#: Those that stand on the first page whether there are any or not.
FOREMOST: Final = ("contacts", "corrected", "backdated", "recalled")
#: In an address: any of them.
WATCH: Final = "watched"
#: In an address, before the name of a verb: every line of it.
OF_VERB: Final = "verb."

#: The verbs first: by them the index finds the lines, and few are left to look into.
IS_WATCHED: Final = Q(verb__in={kind.verb for kind in WATCHED}) & reduce(
    or_, (kind.found for kind in WATCHED)
)
BY_CODE: Final = {kind.code: kind for kind in WATCHED}


def found_by(code: str) -> Q:
    """What the filter finds, for a code that it offers."""
    if code == WATCH:
        return IS_WATCHED
    if code.startswith(OF_VERB):
        return Q(verb=code.removeprefix(OF_VERB))
    return BY_CODE[code].found


def kind_of(event: Any) -> WatchedKind | None:
    """Of a line with its case and submission; None where it is not watched."""
    for kind in WATCHED:
        if kind.has(event):
            if kind.code == "backdated" and not (event.by_id and event.case.submission.backdating_reason):
                return None
            return kind
    return None
