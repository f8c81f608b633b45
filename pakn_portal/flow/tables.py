"""What the rooms know of each verb: a table in each room that has something to say, one part a procedure.

A table says which verbs of a graph it wants, so that a verb that is forgotten somewhere is found by a test
(`gaps`) and not by whoever presses its button.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, Final, Generic, TypeVar

from pakn_portal.flow.graph import Graph
from pakn_portal.flow.procedure import procedures

Row = TypeVar("Row")
Wants = Callable[[Graph], Iterable[str]]


def every_verb(graph: Graph) -> Iterable[str]:
    """Whatever stands in a register."""
    return graph.verbs.values


def pressed_verbs(graph: Graph) -> Iterable[str]:
    """What somebody with an account may do."""
    return {row.verb for row in graph.transitions if row.rights - graph.without_account}


class VerbTable(Generic[Row]):
    """Verb → row, for each procedure that has a part. `is_for_all`: a procedure without a part is a gap."""

    def __init__(self, name: str, *, wants: Wants, is_for_all: bool = False) -> None:
        self.name, self._wants, self._is_for_all = name, wants, is_for_all
        self._parts: dict[str, Mapping[str, Row]] = {}
        self._without: dict[str, Collection[str]] = {}
        _TABLES.append(self)

    def add(self, procedure: str, rows: Mapping[Any, Row], *, without: Collection[str] = ()) -> None:
        """The part of this procedure. `without`: verbs that are wanted and have a place of their own."""
        self._parts[procedure], self._without[procedure] = rows, without

    def of(self, procedure: str) -> Mapping[str, Row]:
        """Its part; empty where it has none."""
        return self._parts.get(procedure, {})

    def gaps(self, graph: Graph) -> Iterator[str]:
        """A sentence for each verb that stands not where it should, or stands for nothing."""
        if graph.name not in self._parts:
            if self._is_for_all:
                yield f"{self.name}: nothing of {graph.name}"
            return
        has, without = set(self._parts[graph.name]), set(self._without[graph.name])
        yield from (f"{self.name}: no {verb}" for verb in sorted(set(self._wants(graph)) - has - without))
        yield from (f"{self.name}: what is {verb}?" for verb in sorted(has - set(graph.verbs.values)))


_TABLES: Final[list[VerbTable[Any]]] = []

#: `(event, who, names) -> str`: a line of the register as a clerk would write it down.
SENTENCES: Final[VerbTable[Callable[[Any, str, Any], str]]] = VerbTable(
    "sentences", wants=every_verb, is_for_all=True
)


def gaps() -> Iterator[str]:
    """Of every table and every procedure of the site; none when each verb stands where it is needed."""
    for procedure in procedures():
        for table in _TABLES:
            yield from table.gaps(procedure.graph)
        verbs = set(procedure.graph.verbs.values)
        yield from (f"payloads: what is {verb}?" for verb in sorted(set(procedure.payloads) - verbs))
