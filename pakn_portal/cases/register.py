"""The register of a case: its lines, and the columns they are held against."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.register import chain
from pakn_portal.register.chain import seal
from pakn_portal.register.payloads import plain

__all__ = ["broken_lines", "seal", "state_of"]

#: What lines of the second format seal: who has the case, what it is taken for, by when it is due.
STATE_OF_SECOND_FORMAT: Final = (
    "sector_id",
    "urgency",
    "lead_unit_id",
    "officer_id",
    "agency_id",
    "refusal_reason_id",
    "master_id",
    "outcome",
    "registered_on",
    "term_number",
    "term_amount",
    "term_unit",
    "legal_basis",
    "intake_due_on",
    "due_on",
    "supplement_due_on",
    "closed_on",
)


#: The columns that a line seals as it left them.
STATE: Final = (
    *STATE_OF_SECOND_FORMAT,
    "deadline_rule_id",
    "term_started_on",
    "about",
    "inner_due_on",
    "hand_over_due_on",
    "handed_over_on",
    "settled_as",
)


def state_of(case: Case) -> dict[str, Any]:
    """As JSON keeps it, also what is empty, and the keys of the supporting units."""
    supporting = sorted(plain(unit.pk) for unit in case.supporting_units.all())
    return {**{name: plain(getattr(case, name)) for name in STATE}, "supporting_units": supporting}


def state_to_hold_against(case: Case, line: CaseEvent) -> dict[str, Any]:
    """As `state_of`, by the names that this line tells. Before a re-opened case kept its day of receipt,
    lines called the day from which the term counts `registered_on`.
    """
    state = state_of(case)
    if "term_started_on" not in line.state:
        state["registered_on"] = state["term_started_on"]
    return state


def broken_lines(case: Case) -> Iterator[CaseEvent]:
    """The lines of a case whose seal, place, predecessor or note does not fit; none of an intact one."""
    events = CaseEvent.objects.filter(case=case).order_by("sequence").with_salts()
    return chain.broken_lines(case.number, events)  # type: ignore[return-value]
