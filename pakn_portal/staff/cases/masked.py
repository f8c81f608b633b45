"""What gave way to a label in a text for the public: found again by the words around it, to be kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pakn_portal.answers.finds import FIELDS, finds_in, fingerprint
from pakn_portal.answers.models import Answer, PublicText
from pakn_portal.cases.models import Case
from pakn_portal.submissions.known import known_values
from pakn_portal.text import Find, fold, label_of, masked_label

#: So much beside a find tells its place, or what stands between it and the next one.
_CONTEXT: Final = 30


@dataclass(frozen=True)
class MaskedPlace:
    """A label in `field` of the text, and what stood there. The sender's own is never put back from here."""

    field: str
    start: int
    end: int
    text: str
    before: str
    after: str
    replacement: str
    fingerprint: str
    is_own: bool


def words_of(case: Case) -> dict[str, str]:
    """What was sent and answered, by the fields of the public text."""
    answer = Answer.objects.filter(case=case).first()
    texts = (case.submission.title, case.submission.content, answer.body if answer else "")
    return dict(zip(FIELDS, texts, strict=True))


def finds_of(case: Case) -> dict[str, list[Find]]:
    """The finds in these words."""
    known = known_values(case.submission.sender)
    return {name: finds_in(name, words, known) for name, words in words_of(case).items()}


def masked_places(text: PublicText) -> list[MaskedPlace]:
    """In order; what was rewritten around its label is not found any more, and told nowhere."""
    words, finds = words_of(text.case), finds_of(text.case)
    own = {_bare(value) for _kind, value in known_values(text.case.submission.sender)}
    return [place for name in FIELDS for place in _places(text, name, words[name], finds[name], own)]


def put_back(text: PublicText, fingerprint: str) -> None:
    """Every place that reads the same in the same field."""
    places = [each for each in masked_places(text) if each.fingerprint == fingerprint and not each.is_own]
    for place in reversed(places):
        shown = getattr(text, place.field)
        setattr(text, place.field, f"{shown[: place.start]}{place.text}{shown[place.end :]}")


def _bare(value: str) -> str:
    """Letters and figures, of a telephone's the last nine."""
    bare = re.sub(r"[\W_]+", "", fold(value))
    return bare[-9:] if bare.isdecimal() else bare


def _places(
    text: PublicText, name: str, words: str, finds: list[Find], own: set[str]
) -> Iterator[MaskedPlace]:
    shown, at = getattr(text, name), 0
    ends = [0, *(find.end for find in finds)]
    starts = [*(find.start for find in finds), len(words)]
    for index, find in enumerate(finds):
        before = words[max(ends[index], find.start - _CONTEXT) : find.start]
        after = words[find.end : min(starts[index + 1], find.end + _CONTEXT)]
        label = label_of(find.kind)
        place = re.compile(f"(?<={re.escape(before)}){masked_label(find.kind)}(?={re.escape(after)})").search(
            shown, at
        )
        if place is None:
            continue
        at = place.end()
        bare = _bare(find.text)
        is_own = any(bare in value or value in bare for value in own)
        yield MaskedPlace(
            name,
            *place.span(),
            find.text,
            before,
            after,
            label,
            fingerprint(name, find),
            is_own,
        )
