from __future__ import annotations

from collections.abc import Iterator

from pakn_portal.cases.models import Case
from pakn_portal.conf import portal_settings
from pakn_portal.management.verify.progress import Progress
from pakn_portal.submissions.models import NumberSequence

_CHUNK = 500


def gapless(progress: Progress) -> Iterator[str]:
    """Each number from 1 to the last one has its case; a database constraint excludes duplicates."""
    counted = 0
    for sequence in NumberSequence.objects.order_by("year"):
        for first in range(1, sequence.last + 1, _CHUNK):
            until = min(first + _CHUNK, sequence.last + 1)
            expected = [_number(sequence.year, place) for place in range(first, until)]
            found = set(Case.objects.filter(number__in=expected).values_list("number", flat=True))
            counted += len(found)
            yield from (f"{number} is missing" for number in expected if number not in found)
            progress(until - 1, sequence.last)
    if (total := Case.objects.count()) != counted:
        yield f"{total - counted} cases have a number that was not given out"


def _number(year: int, place: int) -> str:
    return str(portal_settings.CASE_NUMBER_FORMAT.format(year=year, sequence=place))
