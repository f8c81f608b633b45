"""The append-only register: write a line, seal it, verify the chain (I5)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from pakn_portal import clock, signals
from pakn_portal.cases.enums import Verb
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.people.accounts import plain_key
from pakn_portal.submissions.known import known_values
from pakn_portal.text import mask_note


def append_event(
    case: Case,
    verb: Verb,
    *,
    by: Any,
    from_status: str,
    unit: Any = None,
    note: str = "",
    data: dict[str, Any] | None = None,
    secret: str = "",
) -> CaseEvent:
    """Write the next line of the case's register and tell `event_recorded`, inside the caller's transaction.

    Personal data in `note` is masked: the register is kept for good, the sender's data is not.
    `secret` goes to the receivers only, never into the line.
    """
    last = case.events.order_by("-sequence").values_list("sequence", "hash").first()
    event = CaseEvent(
        case=case,
        sequence=last[0] + 1 if last else 1,
        verb=verb,
        from_status=from_status,
        to_status=case.status,
        at=clock.now(),
        by=by,
        unit=unit,
        note=mask_note(note, known_values(case.submission.sender)) if note else "",
        data=data or {},
        previous_hash=last[1] if last else "",
    )
    event.hash = seal(event, case.number)
    event.save()
    signals.event_recorded.send(sender=Case, case=case, event=event, secret=secret)
    return event


def seal(event: CaseEvent, number: str) -> str:
    """SHA-256 over the line before and every field of this one."""
    line = {
        "case": number,
        "sequence": event.sequence,
        "verb": str(event.verb),
        "from": str(event.from_status),
        "to": str(event.to_status),
        "at": event.at.timestamp(),
        "by": plain_key(event.by_id),
        "unit": plain_key(event.unit_id),
        "note": event.note,
        "data": event.data,
        "previous": event.previous_hash,
    }
    return hashlib.sha256(json.dumps(line, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def broken_lines(case: Case) -> Iterator[CaseEvent]:
    """The lines of a case whose seal, place or predecessor does not fit. None for an intact register."""
    previous = ""
    for place, event in enumerate(case.events.order_by("sequence"), start=1):
        fits = event.sequence == place and event.previous_hash == previous
        if not fits or event.hash != seal(event, case.number):
            yield event
        previous = event.hash
