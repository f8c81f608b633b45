"""The register of a case as staff read it, line by line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from pakn_portal.cases.enums import Verb
from pakn_portal.cases.files import file_keys, files_by_key
from pakn_portal.cases.models import Case, CaseEvent, CaseFile
from pakn_portal.cases.names import Names, is_of_office
from pakn_portal.cases.notices import Way
from pakn_portal.cases.petition_graph import PETITION_GRAPH
from pakn_portal.cases.sentences import WRITERS
from pakn_portal.flow.tables import SENTENCES
from pakn_portal.people.names import person
from pakn_portal.people.scope import Scope

SENTENCES.add(PETITION_GRAPH.name, WRITERS)


@dataclass(frozen=True)
class Line:
    """One line of the history: what happened, when, by whom, and the words that were added."""

    event: CaseEvent
    at: datetime
    sentence: str
    by: str
    note: str
    files: tuple[CaseFile, ...] = ()

    @property
    def verb(self) -> str:
        return self.event.verb


def history(case: Case, scope: Scope) -> list[Line]:
    """The whole register of a case, oldest first; at most eight queries, however long it is. Another case is
    named to whom may open it.
    """
    events = list(case.events.select_related("by", "unit").order_by("sequence"))
    names = Names(case, events, scope)
    files = files_by_key(case, (key for event in events for key in file_keys(event)))
    return [
        Line(event, event.at, _sentence(event, names), _by(event), event.note, _files(event, files))
        for event in events
    ]


def lines_of(events: Sequence[CaseEvent], scope: Scope) -> list[Line]:
    """Lines of many cases, read with `by`, `unit` and the submissions of their cases, in their order and
    without files; at most five queries, however many. What only the lines before tell of one is left out: a
    hand-over that writes an earlier one anew reads as any other.
    """
    if not events:
        return []
    names = Names(events[0].case, events, scope)
    return [
        Line(event, event.at, _sentence(event, names.of(event.case)), _by(event), event.note)
        for event in events
    ]


def _files(event: CaseEvent, files: dict[str, CaseFile]) -> tuple[CaseFile, ...]:
    return tuple(files[key] for key in file_keys(event) if key in files)


def _sentence(event: CaseEvent, names: Names) -> str:
    write = SENTENCES.of(names.case.procedure).get(event.verb)
    who = _actor(event, names)
    if write is None:
        return f"{who}: {Verb(event.verb).label}"
    sentence = write(event, who, names)
    way = event.data.get("written_notice")
    return f"{sentence}; {_NOTICES[way]()}" if way in _NOTICES else sentence


_NOTICES: dict[str, Callable[[], str]] = {
    Way.MAIL: lambda: _("written notice by e-mail"),
    Way.PAPER: lambda: _("written notice on paper, to be posted"),
}


def _actor(event: CaseEvent, names: Names) -> str:
    if event.by is None:
        is_of_sender = event.verb in (Verb.SUBMIT, Verb.SUPPLEMENT, Verb.WITHDRAW)
        return _("The sender") if is_of_sender else _("The system")
    if not is_of_office(event):
        return person(event.by)
    return _("The ministry's leadership") if event.by_id in names.leaders else _("The Ministry Office")


def _by(event: CaseEvent) -> str:
    return person(event.by)
