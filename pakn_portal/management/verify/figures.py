from __future__ import annotations

from collections.abc import Iterator

from pakn_portal.answers.figures import FLOWS
from pakn_portal.management.verify.progress import Progress
from pakn_portal.reports.daily import differences, is_ahead


def counted(progress: Progress) -> Iterator[str]:
    """The daily figures against the cases, unless cases changed since they were counted."""
    if is_ahead():
        yield "the figures say that they were counted in the future, or with lines that the register has not"
    for (day, unit, sector), kept, right in differences():
        told = ", ".join(
            f"{flow.name} {one} instead of {other}"
            for flow, one, other in zip(FLOWS, kept, right, strict=True)
            if one != other
        )
        yield f"figures of {day}, unit {unit or 'none'}, sector {sector or 'none'}: {told or 'counted twice'}"
