"""The look of a status, in the list and on the case."""

from __future__ import annotations

from typing import Final

from pakn_portal.cases.enums import OPEN, SEALED, Status
from pakn_portal.cases.models import Case

#: The colour beside the words of a status.
TONES: Final = {
    Status.SUBMITTED: "new",
    Status.RETURNED: "warn",
    Status.NEED_INFO: "wait",
    Status.COORDINATING: "wait",
    Status.DRAFT_REVIEW: "warn",
    Status.ANSWERED: "good",
    Status.PUBLISHED: "good",
}


def tone_of(case: Case) -> str:
    """new, warn, wait, work, good, closed or sealed."""
    if case.status in SEALED:
        return "sealed"
    return TONES.get(Status(case.status), "work" if case.status in OPEN else "closed")
