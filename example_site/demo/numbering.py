"""Case numbers that grow with time, though the last two years are loaded after the cases of today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from pakn_portal import clock
from pakn_portal.cases.models import Case
from pakn_portal.conf import portal_settings
from pakn_portal.submissions.models import NumberSequence


def reserve(instants: list[datetime]) -> list[int]:
    """A place in its year for each of these instants of sending, the free ones first; whoever sends a
    petition meanwhile gets a number behind all of them. Call inside a transaction.
    """
    wanted: dict[int, list[int]] = defaultdict(list)
    for index, instant in enumerate(instants):
        wanted[clock.local_date(instant).year].append(index)
    places = [0] * len(instants)
    for year, indexes in wanted.items():
        free = _free_places(year, len(indexes))
        for index, place in zip(sorted(indexes, key=lambda one: instants[one]), free, strict=True):
            places[index] = place
    return places


@contextmanager
def numbered(place: int) -> Iterator[None]:
    """The case opened inside gets this place in the year of `clock.now`. Call inside its transaction."""
    sequence = NumberSequence.objects.filter(year=clock.today().year)
    last = sequence.select_for_update().values_list("last", flat=True).get()
    sequence.update(last=place - 1)
    yield
    sequence.update(last=max(last, place))


def _free_places(year: int, count: int) -> list[int]:
    NumberSequence.objects.get_or_create(year=year)
    row = NumberSequence.objects.select_for_update().get(year=year)
    taken = set(Case.objects.filter(number__contains=str(year)).values_list("number", flat=True))
    free, place = [], 0
    while len(free) < count:
        place += 1
        if portal_settings.CASE_NUMBER_FORMAT.format(year=year, sequence=place) not in taken:
            free.append(place)
    row.last = max(row.last, *free)
    row.save(update_fields=["last"])
    return free
