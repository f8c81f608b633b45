"""The append-only register: write a line, seal it, verify the chain (I5)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from pakn_portal import clock, signals
from pakn_portal.cases.enums import Verb
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.people.accounts import plain_key
from pakn_portal.people.actor import Actor
from pakn_portal.submissions.known import known_values
from pakn_portal.text import mask_note


def append_event(
    case: Case,
    verb: Verb,
    *,
    by: Actor,
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
        at=_to_milliseconds(clock.now()),
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
    return _digest(_sealed_words(event, number))


def is_sealed(event: CaseEvent, number: str) -> bool:
    """Whether the line is as it was when its seal was set.

    Lines were once sealed with microseconds, and `dumpdata` writes milliseconds into JSON. For an instant of
    whole milliseconds each of the thousand within it is therefore tried: nothing else may differ, and the
    instant by less than a millisecond.
    """
    if event.hash == seal(event, number):
        return True
    if event.at.microsecond % 1000:
        return False
    before, _instant, after = _sealed_words(event, number).partition(f'"at": {event.at.timestamp()!r},')
    instants = (event.at + timedelta(microseconds=more) for more in range(1, 1000))
    return any(event.hash == _digest(f'{before}"at": {at.timestamp()!r},{after}') for at in instants)


def _to_milliseconds(instant: datetime) -> datetime:
    """What every way out of the database and back keeps."""
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def _sealed_words(event: CaseEvent, number: str) -> str:
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
    return json.dumps(line, sort_keys=True, ensure_ascii=False)


def broken_lines(case: Case) -> Iterator[CaseEvent]:
    """The lines of a case whose seal, place or predecessor does not fit. None for an intact register."""
    previous = ""
    for place, event in enumerate(case.events.order_by("sequence"), start=1):
        fits = event.sequence == place and event.previous_hash == previous
        if not fits or not is_sealed(event, case.number):
            yield event
        previous = event.hash
