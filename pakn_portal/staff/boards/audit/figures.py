"""How many lines are worth a look, by kind and by person: one query, whatever the number of lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.db.models import Count, QuerySet

from pakn_portal.people.names import person
from pakn_portal.staff.boards.audit.filters import nobodys_name
from pakn_portal.staff.boards.audit.kinds import IS_WATCHED, WATCHED


@dataclass(frozen=True)
class ActorCounts:
    """`key`: None for what nobody with an account did."""

    key: Any
    name: str
    counts: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class WatchedCounts:
    #: Whoever did most first.
    actors: list[ActorCounts] = field(default_factory=list)

    def of(self, code: str) -> int:
        return sum(actor.counts[code] for actor in self.actors)

    @property
    def total(self) -> int:
        return sum(actor.total for actor in self.actors)


_COUNTS: Final[dict[str, Any]] = {kind.code: Count("pk", filter=kind.found) for kind in WATCHED}


def counted(lines: QuerySet[Any]) -> WatchedCounts:
    """Two queries: the counts, and the names."""
    rows = list(lines.filter(IS_WATCHED).order_by().values("by_id").annotate(**_COUNTS))
    people = get_user_model()._default_manager.in_bulk([row["by_id"] for row in rows if row["by_id"]])
    actors = [
        ActorCounts(
            row["by_id"],
            person(people.get(row["by_id"])) or nobodys_name(),
            {kind.code: row[kind.code] for kind in WATCHED},
        )
        for row in rows
    ]
    return WatchedCounts(sorted(actors, key=lambda actor: (-actor.total, actor.name)))
