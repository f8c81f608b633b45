"""With whom a case is, in words."""

from __future__ import annotations

from pakn_portal.cases.models import Case
from pakn_portal.people.names import officer_name


def held_by(case: Case, officer: str = "") -> str:
    """`officer`: their name, where it is not told whole."""
    unit = case.lead_unit
    named = officer or officer_name(case.officer)
    return " · ".join(filter(None, [named, (unit.short_name or str(unit)) if unit else ""]))
