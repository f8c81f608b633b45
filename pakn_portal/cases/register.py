"""The register of a case: its lines, the columns they are held against, and what its sender sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pakn_portal import signals
from pakn_portal.cases.enums import Verb
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.people.actor import Actor
from pakn_portal.register import chain
from pakn_portal.register.chain import seal
from pakn_portal.register.payloads import Payload, plain
from pakn_portal.submissions.known import known_values
from pakn_portal.text import mask_note

__all__ = ["append_event", "broken_lines", "seal", "state_of"]

#: The columns that a line seals as it left them: who has the case, what it is taken for, by when it is due.
STATE: Final = (
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


def append_event(
    case: Case,
    verb: Verb,
    *,
    by: Actor,
    from_status: str,
    unit: Any = None,
    note: str = "",
    data: Payload | Mapping[str, Any] | None = None,
    texts: Mapping[str, str] | None = None,
    secret: str = "",
) -> CaseEvent:
    """Write the next line of the case's register and tell `event_recorded`, inside the caller's transaction.

    Personal data in `note` is masked: the register is kept for good, the sender's data is not. `texts`: the
    words that the line proves, by name. `secret` goes to the receivers only, never into the line.
    """
    event = CaseEvent(
        case=case,
        verb=verb,
        from_status=from_status,
        to_status=case.status,
        by=by,
        unit=unit,
        note=mask_note(note, known_values(case.submission.sender)) if note else "",
        data=data.as_data() if isinstance(data, Payload) else dict(data or {}),
        state=state_of(case),
    )
    chain.append(event, case, texts=texts or {})
    signals.event_recorded.send(sender=Case, case=case, event=event, secret=secret)
    return event


def state_of(case: Case) -> dict[str, Any]:
    """As JSON keeps it; empty columns are left out."""
    values = {name: plain(getattr(case, name)) for name in STATE}
    return {name: value for name, value in values.items() if value not in (None, "")}


def broken_lines(case: Case) -> Iterator[CaseEvent]:
    """The lines of a case whose seal, place, predecessor or note does not fit; none of an intact one."""
    events = CaseEvent.objects.filter(case=case).order_by("sequence").with_salts()
    return chain.broken_lines(case.number, events)  # type: ignore[return-value]
