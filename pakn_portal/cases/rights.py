"""What a user is to one case (`rights_to`); what they are to the ministry is in `people/scope.py`.

The table of reference is docs/reference/rights.md; `tests/cases/test_rights_matrix.py` walks it.
"""

from __future__ import annotations

from pakn_portal.cases.enums import DELIVERED, OTHER_PROCEDURES, SEALED, Right
from pakn_portal.cases.models import Case
from pakn_portal.people.scope import Scope


def rights_to(scope: Scope, case: Case) -> frozenset[Right]:
    """What the user is to this case. Empty for a case they may not see."""
    if case.status in SEALED and not scope.reads_sealed:
        return frozenset()
    rights: set[Right] = set()
    _add(rights, Right.INTAKE, scope.is_intake)
    _add(rights, Right.LEADER, scope.is_leader)
    _add(rights, Right.INSPECTOR, scope.reads_sealed)
    _add(rights, Right.PUBLISHER, scope.is_publisher and case.status in DELIVERED)
    if case.lead_unit_id in scope.unit_ids:
        _add(rights, Right.OFFICER, True)
        _add(rights, Right.FOCAL, case.lead_unit_id in scope.focal_of)
        _add(rights, Right.HEAD, case.lead_unit_id in scope.head_of)
    elif scope.unit_ids and case.supporting_units.filter(pk__in=scope.unit_ids).exists():
        rights.add(Right.SUPPORT)
    return frozenset(rights)


def may_address(scope: Scope, case: Case) -> bool:
    """Whether this person may make letters of this case with the sender's address on them, who sees no
    contacts otherwise: what the law wants written to a complainant or a denouncer is for the keepers of
    sealed cases to send (Law 42/2013/QH13, art. 28).
    """
    return case.status in OTHER_PROCEDURES and Right.INSPECTOR in rights_to(scope, case)


def rights_anywhere(scope: Scope) -> frozenset[Right]:
    """What the user is to some case or other: for what is offered before a case is chosen."""
    rights: set[Right] = set()
    _add(rights, Right.INTAKE, scope.is_intake)
    _add(rights, Right.LEADER, scope.is_leader)
    _add(rights, Right.INSPECTOR, scope.reads_sealed)
    _add(rights, Right.PUBLISHER, scope.is_publisher)
    _add(rights, Right.OFFICER, bool(scope.unit_ids))
    _add(rights, Right.SUPPORT, bool(scope.unit_ids))
    _add(rights, Right.FOCAL, bool(scope.focal_of))
    _add(rights, Right.HEAD, bool(scope.head_of))
    return frozenset(rights)


def _add(rights: set[Right], right: Right, holds: bool) -> None:
    if holds:
        rights.add(right)
