"""Case numbers: public, unique in their year, without gaps (I12)."""

from __future__ import annotations

from django.db.models import F

from pakn_portal import clock
from pakn_portal.conf import portal_settings
from pakn_portal.submissions.models import NumberSequence


def next_case_number() -> str:
    """The next number of this year. Call inside the transaction that uses it: rolled back, the number is free
    again.
    """
    year = clock.today().year
    sequence = NumberSequence.objects.filter(year=year)
    if not sequence.update(last=F("last") + 1):
        NumberSequence.objects.bulk_create([NumberSequence(year=year)], ignore_conflicts=True)
        sequence.update(last=F("last") + 1)
    last = sequence.values_list("last", flat=True).get()
    return str(portal_settings.CASE_NUMBER_FORMAT.format(year=year, sequence=last))
