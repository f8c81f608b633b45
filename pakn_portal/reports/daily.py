"""Keeps the table of daily figures the same as the cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Max

from pakn_portal import clock
from pakn_portal.answers.figures import COUNTED, FLOWS
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.reports.models import DailyFigures, FiguresState

#: Not counted more often, however many cases change: each count reads every case.
SHORTEST: Final = timedelta(minutes=5)
#: Counted anew after so long though no line is newer: lines get their keys before they are committed, so an
#: older key may appear behind the newest.
LONGEST: Final = timedelta(hours=1)
_CHUNK: Final = 1000
_NAMES: Final = tuple(flow.name for flow in FLOWS)

#: Day, unit, sector.
CountKey = tuple[date, int | None, int | None]
#: One number for each flow, in the order of FLOWS.
Numbers = tuple[int, ...]


def count_cells(today: date) -> dict[CountKey, Numbers]:
    """The figures of each cell where something happened, from the cases. A query for each column of days."""
    found: dict[CountKey, list[int]] = {}
    for column in dict.fromkeys(flow.column for flow in FLOWS):
        flows = [flow for flow in FLOWS if flow.column == column]
        counts: dict[str, Any] = {flow.name: Count("pk", filter=flow.cases(today)) for flow in flows}
        rows = Case.objects.filter(COUNTED, **{f"{column}__isnull": False}).order_by()
        for row in rows.values(column, "lead_unit_id", "sector_id").annotate(**counts).iterator():
            cell = (row[column], row["lead_unit_id"], row["sector_id"])
            numbers = found.setdefault(cell, [0] * len(FLOWS))
            for flow in flows:
                numbers[FLOWS.index(flow)] = row[flow.name]
    return {cell: tuple(numbers) for cell, numbers in found.items() if any(numbers)}


@dataclass(frozen=True)
class Freshness:
    """Up to when the figures were counted; None before the first count."""

    counted_at: datetime | None
    #: Counted today, so that what they say of today holds.
    is_of_today: bool
    #: A case changed since.
    is_behind: bool


def freshness() -> Freshness:
    """Two queries."""
    state = FiguresState.objects.first()
    if state is None or state.counted_at is None:
        return Freshness(None, is_of_today=False, is_behind=True)
    is_of_today = state.counted_on == clock.today()
    return Freshness(state.counted_at, is_of_today, not is_of_today or state.last_event != _last_event())


def renew() -> int:
    """Count anew if a case changed or a day passed since; returns how many cells changed.

    On the same day within SHORTEST it waits.
    """
    state = FiguresState.objects.first()
    if state is not None and state.counted_at is not None and state.counted_on == clock.today():
        age = clock.now() - state.counted_at
        # one that lies in the future is no count at all
        is_past = timedelta() <= age < LONGEST
        if is_past and (age < SHORTEST or state.last_event == _last_event()):
            return 0
    return rebuild()


@transaction.atomic
def rebuild() -> int:
    """Count every case and write what differs; returns how many cells changed. Two at once do no harm."""
    today, last = clock.today(), _last_event()
    values = {"counted_at": clock.now(), "counted_on": today, "last_event": last}
    # the write comes first: whoever else counts waits here, on any database
    FiguresState.objects.update_or_create(pk=1, defaults=values)
    kept, counted = _kept(), count_cells(today)
    right = {cell: pk for cell, (pk, numbers) in kept if counted.get(cell) == numbers}
    wrong = [pk for cell, (pk, _numbers) in kept if right.get(cell) != pk]
    for start in range(0, len(wrong), _CHUNK):
        DailyFigures.objects.filter(pk__in=wrong[start : start + _CHUNK]).delete()
    missing = [_row(cell, numbers) for cell, numbers in counted.items() if cell not in right]
    DailyFigures.objects.bulk_create(missing, batch_size=_CHUNK)
    gone = {cell for cell, _numbers in kept} - set(counted)
    return len(missing) + len(gone)


def differences() -> Iterator[tuple[CountKey, Numbers, Numbers]]:
    """Each cell whose row is not what the cases say, with what stands there and what is right.

    Nothing while cases changed since the last count: those are not wrong, only late.
    """
    state = FiguresState.objects.first()
    if state is None or state.counted_on is None or state.last_event != _last_event():
        return
    counted, nothing = count_cells(state.counted_on), (0,) * len(FLOWS)
    seen: set[CountKey] = set()
    for cell, (_pk, numbers) in _kept():
        right = counted.get(cell, nothing)
        if numbers != right or cell in seen:
            yield cell, numbers, right
        seen.add(cell)
    for cell, right in counted.items():
        if cell not in seen:
            yield cell, nothing, right


def is_ahead() -> bool:
    """Whether the state says that they were counted later than now, or with lines that there are not: nobody
    counted so, and while it stands they would count as late, or as fresh, and never be compared.
    """
    state = FiguresState.objects.first()
    if state is None:
        return False
    is_later = state.counted_at is not None and state.counted_at > clock.now() + SHORTEST
    is_later |= state.counted_on is not None and state.counted_on > clock.today()
    return is_later or state.last_event > _last_event()


def _last_event() -> int:
    return CaseEvent.objects.aggregate(last=Max("pk"))["last"] or 0


def _kept() -> list[tuple[CountKey, tuple[int, Numbers]]]:
    rows = DailyFigures.objects.order_by("pk").values_list("pk", "day", "unit_id", "sector_id", *_NAMES)
    return [((day, unit, sector), (pk, tuple(numbers))) for pk, day, unit, sector, *numbers in rows]


def _row(cell: CountKey, numbers: Numbers) -> DailyFigures:
    day, unit, sector = cell
    return DailyFigures(day=day, unit_id=unit, sector_id=sector, **dict(zip(_NAMES, numbers, strict=True)))
