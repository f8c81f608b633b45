"""Two cases that may be about the same matter, for whoever decides whether they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils.text import capfirst

from pakn_portal.answers.differences import Piece
from pakn_portal.cases.models import Case
from pakn_portal.routing.alike import LEAST, likeness_of
from pakn_portal.staff.differences import compared
from pakn_portal.submissions.models import Submission

_PARTS: Final = ("title", "content")


@dataclass(frozen=True)
class Beside:
    """`differing`: each part that reads otherwise, by its label. What is removed in its pieces only the other
    case says, what is added only this one. Very long texts are not compared, and `is_compared` is False then.
    """

    case: Case
    other: Case
    percent: int
    differing: list[tuple[Any, list[Piece]]]
    is_compared: bool

    @property
    def is_alike(self) -> bool:
        return self.percent >= LEAST


def beside(case: Case, other: Case) -> Beside:
    """What both say and where they differ, word by word."""
    here, there = ({name: getattr(one.submission, name) for name in _PARTS} for one in (case, other))
    fields = compared(there, here)
    return Beside(
        case,
        other,
        likeness_of(case, other),
        [(_label(field.name), field.pieces) for field in fields],
        is_compared=len(fields) == sum(there[name] != here[name] for name in _PARTS),
    )


def _label(name: str) -> Any:
    field: Any = Submission._meta.get_field(name)
    return capfirst(field.verbose_name)
