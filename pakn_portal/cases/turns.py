"""Whose turn it is: who has the next step while a case stands so.

One table for the list *needs me*, for the figure above it, and for `pakn_verify` (I6: is there anybody?).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Q
from django.utils.module_loading import import_string

from pakn_portal import permissions
from pakn_portal.cases.enums import AT_INTAKE, AWAITED, IN_UNIT, Right, Status
from pakn_portal.cases.querysets import WAITS_FOR_KEEPERS
from pakn_portal.people.scope import Scope


@dataclass(frozen=True)
class RoleTurn:
    """A turn of whoever holds a role of the whole ministry."""

    permission: str
    is_of: Callable[[Scope], bool]
    #: As I6 names them.
    who: str
    #: Which cases wait; or the dotted path of a function that says so, where its room lies further down.
    waiting: Q | str
    #: False: closed for its sender, and it waits all the same.
    is_open: bool = True

    @property
    def cases(self) -> Q:
        found: Q = import_string(self.waiting)() if isinstance(self.waiting, str) else self.waiting
        return found


ROLE_TURNS: Final = (
    RoleTurn(
        permissions.INTAKE, lambda scope: scope.is_intake, "the Ministry Office", Q(status__in=AT_INTAKE)
    ),
    RoleTurn(
        permissions.READ_SEALED,
        lambda scope: scope.reads_sealed,
        "a keeper of sealed cases",
        Q(status=Status.SECRET_HOLD),
    ),
    RoleTurn(
        permissions.READ_SEALED,
        lambda scope: scope.reads_sealed,
        "a keeper of sealed cases",
        WAITS_FOR_KEEPERS,
        is_open=False,
    ),
    RoleTurn(
        permissions.PUBLISH,
        lambda scope: scope.is_publisher,
        "a publisher",
        "pakn_portal.answers.figures.waiting_for_publisher",
        is_open=False,
    ),
    RoleTurn(
        permissions.PUBLISH,
        lambda scope: scope.is_publisher,
        "a publisher",
        "pakn_portal.answers.figures.waiting_for_correction",
        is_open=False,
    ),
)

#: The turns within the unit that has the case, or that was asked for its opinion.
UNIT_TURNS: Final[Mapping[Right, frozenset[Status]]] = {
    Right.OFFICER: IN_UNIT - AWAITED,
    Right.FOCAL: frozenset({Status.ROUTED}),
    #: A leader's where no head is there.
    Right.HEAD: frozenset({Status.DRAFT_REVIEW}),
    Right.SUPPORT: frozenset({Status.COORDINATING}),
}
