"""Write a line, seal it, verify the chain (I5). Generic over the subject."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from pakn_portal import clock
from pakn_portal.people.accounts import plain_key
from pakn_portal.register.keys import find_key, is_same_digest, key_id, register_key
from pakn_portal.register.models import FIRST_FORMAT, PRESENT_FORMAT, AbstractEvent, TextSalts
from pakn_portal.register.texts import NOTE, WORDING, digest, digests_of, name_of, salt_of_wording


def place(event: AbstractEvent, subject: Any) -> None:
    """Give the line its place and its instant. In the caller's transaction, which holds the subject's row."""
    last = subject.events.order_by("-sequence").values_list("sequence", "hash").first()
    event.sequence, event.previous_hash = (last[0] + 1, last[1]) if last else (1, "")
    event.at = _to_milliseconds(clock.now())


def append(event: AbstractEvent, subject: Any, *, texts: Mapping[str, str]) -> None:
    """Give the line its seal, and its place where it has none yet, and save it. `texts`: the words that the
    line proves, by name; its note is one of them.
    """
    if event.sequence is None:
        place(event, subject)
    event.format, event.key_id = PRESENT_FORMAT, key_id(register_key())
    known = salt_of_wording(subject.events) if WORDING in texts else {}
    event.texts, salts = digests_of({**texts, **({NOTE: event.note} if event.note else {})}, known)
    event.hash = seal(event, subject.number)
    event.save()
    if salts:
        TextSalts.objects.create(line_hash=event.hash, salts=salts)


def seal(event: AbstractEvent, number: str) -> str:
    """The seal of the line in its own format, with the key that its `key_id` names. Raises LookupError for a
    key that the site does not have.
    """
    if event.format == FIRST_FORMAT:
        return _plain_digest(_words_of_first_format(event, number))
    key = find_key(event.key_id)
    if key is None:
        raise LookupError(event.key_id)
    return hmac.new(key, _words_under_seal(event, number).encode(), hashlib.sha256).hexdigest()


def has_valid_seal(event: AbstractEvent, number: str) -> bool:
    """Whether the line is as it was when its seal was set. Raises LookupError as `seal`."""
    if is_same_digest(event.hash, seal(event, number)):
        return True
    return event.format == FIRST_FORMAT and _had_microseconds(event, number)


ChainFaultKind = Literal["missing", "unlinked", "changed", "keyless", "downgraded"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line, or with the place before it; `kind` tells it in a word."""

    kind: ChainFaultKind
    event: AbstractEvent
    #: The place in the register where it stands, or should.
    place: int


def faults(number: str, events: Iterable[AbstractEvent]) -> Iterator[Fault]:
    """Of one subject's lines, read `with_salts()` in their order. None for an intact register.

    A note may be gone with its salt only where a later line says that it was forgotten.
    """
    lines = list(events)
    forgotten = {name for line in lines for name in line.data.get("forgotten", ())}
    last: AbstractEvent | None = None
    for place, line in enumerate(lines, start=1):
        kind = _fault_of(line, last, place, number)
        if kind == "changed" and _has_lost_its_note(line, forgotten):
            kind = None
        if kind is None and not _is_note_proved(line, forgotten):
            kind = "changed"
        if kind is not None:
            yield Fault(kind, line, place)
        last = line


def broken_lines(number: str, events: Iterable[AbstractEvent]) -> Iterator[AbstractEvent]:
    """The lines that `faults` finds."""
    return (fault.event for fault in faults(number, events))


def _has_lost_its_note(line: AbstractEvent, forgotten: set[str]) -> bool:
    """A line of the first format sealed its note itself, so nothing proves the rest of it once the note is
    erased; that it was erased is told by a later line, which has a key.
    """
    return line.format == FIRST_FORMAT and not line.note and name_of(line.sequence, NOTE) in forgotten


def _fault_of(
    line: AbstractEvent, last: AbstractEvent | None, place: int, number: str
) -> ChainFaultKind | None:
    if line.sequence != place:
        return "missing"
    if line.previous_hash != (last.hash if last else ""):
        return "unlinked"
    if line.format == FIRST_FORMAT and last is not None and last.format != FIRST_FORMAT:
        # it has no key, so anybody who can write the table could have written it
        return "downgraded"
    try:
        return None if has_valid_seal(line, number) else "changed"
    except LookupError:
        return "keyless"


def _is_note_proved(line: Any, forgotten: set[str]) -> bool:
    if line.format == FIRST_FORMAT:
        return True
    if NOTE not in line.texts:
        return not line.note
    salt = (line.salts or {}).get(NOTE)
    if salt is None:
        return not line.note and name_of(line.sequence, NOTE) in forgotten
    proof: str = line.texts[NOTE]
    return digest(line.note, salt) == proof


def _words_under_seal(event: AbstractEvent, number: str) -> str:
    """Everything of the line but its note, which is proved by its digest among `texts`."""
    return _json(
        {
            "format": event.format,
            "key": event.key_id,
            "register": event._meta.label_lower,
            "subject": number,
            "sequence": event.sequence,
            "verb": str(event.verb),
            "from": str(event.from_status),
            "to": str(event.to_status),
            "at": round(event.at.timestamp() * 1000),
            "by": plain_key(event.by_id),
            "unit": plain_key(event.unit_id),
            "data": event.data,
            "state": event.state,
            "texts": event.texts,
            "previous": event.previous_hash,
        }
    )


def _words_of_first_format(event: AbstractEvent, number: str) -> str:
    return _json(
        {
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
    )


def _had_microseconds(event: AbstractEvent, number: str) -> bool:
    """Lines of the first format were once sealed with microseconds, and `dumpdata` writes milliseconds into
    JSON. For an instant of whole milliseconds each of the thousand within it is therefore tried: nothing else
    may differ, and the instant by less than a millisecond.
    """
    if event.at.microsecond % 1000:
        return False
    words = _words_of_first_format(event, number)
    before, _instant, after = words.partition(f'"at": {event.at.timestamp()!r},')
    instants = (event.at + timedelta(microseconds=more) for more in range(1, 1000))
    return any(event.hash == _plain_digest(f'{before}"at": {at.timestamp()!r},{after}') for at in instants)


def _to_milliseconds(instant: datetime) -> datetime:
    """What every way out of the database and back keeps."""
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def _plain_digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def _json(line: dict[str, Any]) -> str:
    return json.dumps(line, sort_keys=True, ensure_ascii=False)
