"""Cases that may be about the same, beside one that has come in or is being entered.

Nothing is joined by itself: whoever reads both decides. A bounded number of rows is looked at, whatever the
number of cases: those with the same words, those of the same sender, and those that the index of similar
texts names; while there is only a title, the newest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q

from pakn_portal.cases.enums import SEALED
from pakn_portal.cases.models import Case
from pakn_portal.people.scope import Scope
from pakn_portal.submissions.sameness import content_key, nearest_submissions
from pakn_portal.text import fold, pairs, syllables

#: The newest cases whose titles are compared while nothing else is typed.
_NEWEST: Final = 400
#: Of these so many are read as a whole.
_READ: Final = 20
#: So many are asked of the index: not each of them is one that this person may open.
_NEAREST: Final = 100
MOST: Final = 5
#: In percent; below it two texts on one subject are alike as a matter of course.
LEAST: Final = 60


@dataclass(frozen=True)
class Alike:
    """`percent`: of the pairs of syllables that either text has, the share that both have."""

    case: Case
    percent: int
    #: By telephone or e-mail. A name alone tells of nobody: many people have it.
    is_of_same_sender: bool = False
    is_of_namesake: bool = False

    @property
    def is_alike(self) -> bool:
        return self.percent >= LEAST


def cases_alike(
    scope: Scope,
    *,
    title: str,
    content: str,
    name: str = "",
    phone: str = "",
    email: str = "",
    without: int | None = None,
) -> list[Alike]:
    """Those that this person may open, the most alike first; of one sender also where the texts differ.

    Three queries, and one for each of words, name, telephone and e-mail that is given.
    """
    visible = Case.objects.within(scope).exclude(status__in=SEALED).exclude(pk=without)
    keys: list[int] = []
    # one after another: each has its index, and all of them joined by OR have none
    for same in _same(content, name, phone, email):
        found_there = visible.filter(same).exclude(pk__in=keys).order_by("-pk")
        keys += found_there.values_list("pk", flat=True)[: _READ - len(keys)]
    if content.strip():
        keys += [pk for pk in _nearest_texts(visible, title, content) if pk not in keys][:_READ]
    else:
        keys += _nearest_titles(visible, title, set(keys))
    words = _pairs(f"{title}\n{content}")
    found = [
        Alike(case, _likeness(words, case), *_is_of(case, name, phone, email))
        for case in Case.objects.with_names().filter(pk__in=keys)
    ]
    shown = [each for each in found if each.is_alike or each.is_of_same_sender or each.is_of_namesake]
    return sorted(shown, key=lambda each: (-each.percent, -each.case.pk))[:MOST]


def likeness_of(case: Case, other: Case) -> int:
    """In percent, see `Alike`."""
    return _likeness(_pairs(f"{case.submission.title}\n{case.submission.content}"), other)


def _same(content: str, name: str, phone: str, email: str) -> Iterator[Q]:
    """The surest first."""
    if content.strip():
        yield Q(submission__content_key=content_key(content))
    if phone:
        yield Q(submission__sender__phone=phone)
    if email:
        yield Q(submission__sender__email=email)
    if name:
        yield Q(submission__folded__startswith=fold(name))


def _is_of(case: Case, name: str, phone: str, email: str) -> tuple[bool, bool]:
    """Of the same sender; of somebody of the same name alone."""
    sender = case.submission.sender
    is_same = bool((phone and sender.phone == phone) or (email and sender.email == email))
    return is_same, not is_same and bool(name) and fold(sender.full_name) == fold(name)


def _nearest_texts(visible: Any, title: str, content: str) -> list[int]:
    """By the index, the most alike first."""
    nearest = nearest_submissions(title, content, most=_NEAREST)
    cases = dict(visible.filter(submission__in=nearest).values_list("submission", "pk"))
    return [cases[submission] for submission in nearest if submission in cases]


def _nearest_titles(visible: Any, title: str, known: set[int]) -> list[int]:
    """Of the newest cases those whose titles share most words with this one."""
    wanted = set(fold(title).split())
    rows = visible.order_by("-pk").values_list("pk", "submission__title")[:_NEWEST]
    shares = [(_share(wanted, set(fold(other).split())), pk) for pk, other in rows if pk not in known]
    return [pk for share, pk in sorted(shares, reverse=True)[:_READ] if share >= 0.25]


def _likeness(words: set[str], case: Case) -> int:
    return int(100 * _share(words, _pairs(f"{case.submission.title}\n{case.submission.content}")))


def _pairs(text: str) -> set[str]:
    return set(pairs(syllables(fold(text))))


def _share(one: Iterable[str], other: Iterable[str]) -> float:
    one, other = set(one), set(other)
    either = one | other
    return len(one & other) / len(either) if either else 0.0
