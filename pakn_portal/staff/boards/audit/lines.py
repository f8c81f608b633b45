"""A page of lines, newest first, found by the line at its edge: the hundred-thousandth costs what the first
does.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pakn_portal import clock
from pakn_portal.cases.enums import Verb
from pakn_portal.cases.history import Line, lines_of
from pakn_portal.people.scope import Scope
from pakn_portal.register.chain import has_valid_seal
from pakn_portal.staff import addresses
from pakn_portal.staff.boards.audit.kinds import kind_of

PAGE_SIZE: Final = 50
OLDER, NEWER = "older", "newer"


@dataclass(frozen=True)
class LineRow:
    line: Line
    #: What it is called among what is worth a look, or else its verb.
    label: str
    url: str
    is_watched: bool = False
    is_bad: bool = False
    #: Of a backdated entry, beside the sentence.
    remark: str = ""
    has_seal: bool = True

    @property
    def event(self) -> Any:
        return self.line.event


def read(lines: QuerySet[Any]) -> QuerySet[Any]:
    """With what `rows_of` needs, newest first."""
    return lines.select_related("by", "unit", "case__submission__sender").order_by("-at", "-pk")


def rows_of(events: list[Any], scope: Scope, *, with_seals: bool = False) -> list[LineRow]:
    """`with_seals`: say of each whether its seal is right. At most five queries."""
    return [_row(line, with_seals=with_seals) for line in lines_of(events, scope)]


def _row(line: Line, *, with_seals: bool) -> LineRow:
    event, kind = line.event, kind_of(line.event)
    return LineRow(
        line,
        capfirst(kind.label()) if kind else str(Verb(event.verb).label),
        addresses.case_url(event.case_id),
        is_watched=kind is not None,
        is_bad=kind is not None and kind.is_bad,
        remark=_backdating(event) if kind is not None and kind.code == "backdated" else "",
        has_seal=not with_seals or _is_sealed(event),
    )


def _is_sealed(event: Any) -> bool:
    try:
        return has_valid_seal(event, event.case.number)
    except LookupError:  # a key that the site does not have
        return False


def _backdating(event: Any) -> str:
    """By how many days, and why."""
    submission = event.case.submission
    received, entered = clock.local_date(submission.received_at), clock.local_date(event.at)
    told = ngettext(
        "Received on %(day)s, entered %(count)s day later: %(reason)s",
        "Received on %(day)s, entered %(count)s days later: %(reason)s",
        (entered - received).days,
    )
    return told % {
        "day": f"{received:%d/%m/%Y}",
        "count": (entered - received).days,
        "reason": submission.backdating_reason,
    }


class LinePage:
    """`query` names the line behind which, or before which, the page begins."""

    def __init__(self, lines: QuerySet[Any], query: QueryDict) -> None:
        self._lines, self._query = lines, query

    @property
    def paginator(self) -> LinePage:
        """As other lists have it: what knows the count."""
        return self

    @cached_property
    def count(self) -> int:
        """Of all lines, on whatever page. One query."""
        return self._lines.order_by().count()

    @cached_property
    def events(self) -> list[Any]:
        """Two queries: the line at the edge, and the page."""
        return self._found[0]

    @property
    def older(self) -> int | None:
        """The line behind which the next page begins; None where this is the last."""
        return self.events[-1].pk if self.events and self._found[2] else None

    @property
    def newer(self) -> int | None:
        return self.events[0].pk if self.events and self._found[1] else None

    @cached_property
    def _found(self) -> tuple[list[Any], bool, bool]:
        """The lines, whether there are newer ones, whether there are older ones."""
        if edge := self._edge(NEWER):
            back = self._lines.filter(_newer(*edge)).order_by("at", "pk")
            events = list(back[: PAGE_SIZE + 1])
            if len(events) > PAGE_SIZE:
                return events[PAGE_SIZE - 1 :: -1], True, True
            # the first page, whole
        elif edge := self._edge(OLDER):
            events = list(self._lines.filter(_older(*edge))[: PAGE_SIZE + 1])
            return events[:PAGE_SIZE], True, len(events) > PAGE_SIZE
        events = list(self._lines[: PAGE_SIZE + 1])
        return events[:PAGE_SIZE], False, len(events) > PAGE_SIZE

    def _edge(self, name: str) -> tuple[Any, Any] | None:
        given = self._query.get(name, "")
        if not (given.isdecimal() and len(given) < 19):
            return None
        return self._lines.order_by().filter(pk=int(given)).values_list("at", "pk").first()


def _older(at: Any, pk: Any) -> Q:
    # the first half is for the index
    return Q(at__lte=at) & (Q(at__lt=at) | Q(pk__lt=pk))


def _newer(at: Any, pk: Any) -> Q:
    return Q(at__gte=at) & (Q(at__gt=at) | Q(pk__gt=pk))


def seals_told(rows: list[LineRow]) -> str:
    """What the seals of the lines on the page say."""
    wrong = sum(not row.has_seal for row in rows)
    if not rows:
        return ""
    if not wrong:
        return _("The seals of the lines on this page are right.")
    told = ngettext(
        "%(count)s line on this page is not as it was sealed.",
        "%(count)s lines on this page are not as they were sealed.",
        wrong,
    )
    return told % {"count": wrong}
