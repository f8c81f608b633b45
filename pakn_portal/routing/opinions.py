"""Which unit was asked for its opinion."""

from __future__ import annotations

from typing import Any

from pakn_portal.cases.enums import Verb
from pakn_portal.cases.models import Case


def asked_unit(case: Case) -> Any:
    """The unit whose opinion the case waits for, or waited for last; told by the register. One query."""
    asked = case.events.filter(verb=Verb.REQUEST_OPINION).select_related("unit").order_by("sequence").last()
    return asked.unit if asked is not None else None
