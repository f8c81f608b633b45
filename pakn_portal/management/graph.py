"""The state graph as Markdown, made from its table: a Mermaid diagram, the moves, and who may make them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pakn_portal.cases.enums import DELIVERED, OPEN, SEALED, Clock, Right, Status, Verb
from pakn_portal.cases.petition_graph import TRANSITIONS
from pakn_portal.flow.graph import RESUME, Transition


def diagram() -> str:
    """The way to an answer as a Mermaid diagram.

    It leaves out moves that keep the status, `hold`, the ends without an answer and the way back from them:
    their arrows would cross all others. The table of moves has them.
    """
    lines = ["stateDiagram-v2", "    direction LR", f"    [*] --> {Status.SUBMITTED}: {Verb.SUBMIT}"]
    arrows = {(source, target): verbs for source, target, verbs in _arrows()}
    lines += [f"    {source} --> {target}: {', '.join(verbs)}" for (source, target), verbs in arrows.items()]
    lines += [f"    {status} --> [*]" for status in Status if status in DELIVERED]
    return "\n".join(lines)


def moves() -> str:
    """One row for each transition: verb, from, to, who, deadline."""
    head = ("verb", "from", "to", "who may", "deadline")
    return table(head, (_move(row) for row in TRANSITIONS))


def states() -> str:
    """One row for each status: code, label, whether it is open, whether it is sealed."""
    rows = (
        (f"`{status}`", str(status.label), _mark(status in OPEN), _mark(status in SEALED))
        for status in Status
    )
    return table(("code", "label", "open", "sealed"), rows)


def rights() -> str:
    """One row for each verb: a mark for each right to which any row of the table gives the verb."""
    head = ("verb", *(f"`{right}`" for right in Right))
    return table(head, (_rights_of(verb) for verb in dict.fromkeys(row.verb for row in TRANSITIONS)))


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Render rows as a Markdown table."""
    titles = list(head)
    lines = [titles, ["---"] * len(titles), *(list(row) for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


PARTS = {"diagram": diagram, "states": states, "moves": moves, "rights": rights}


def _arrows() -> Iterator[tuple[str, str, list[str]]]:
    verbs: dict[tuple[str, str], list[str]] = {}
    for row in filter(_is_drawn, TRANSITIONS):
        for source in _in_order(row.sources):
            for target in _targets(row, source):
                verbs.setdefault((source, target), []).append(str(row.verb))
    for (begin, end), names in verbs.items():
        yield begin, end, names


def _is_drawn(row: Transition) -> bool:
    ends_unanswered = row.clock == Clock.STOP and row.verb != Verb.APPROVE_ANSWER
    parts_duplicate = row.sources == {Status.DUPLICATE}
    is_left_out = row.verb in (Verb.HOLD, Verb.RELEASE_HOLD) or ends_unanswered or parts_duplicate
    return row.target is not None and not is_left_out


def _targets(row: Transition, source: str) -> list[str]:
    """The statuses to which the row leads; for one that resumes, every status from
    which the case can have come.
    """
    if row.target != RESUME:
        return [str(row.target)] if row.target != source else []
    came_from = (other for other in TRANSITIONS if other.target == source and _is_drawn(other))
    return list(dict.fromkeys(str(status) for other in came_from for status in _in_order(other.sources)))


def _move(row: Transition) -> list[str]:
    sources = "every status" if row.sources == frozenset(Status) else _codes(_in_order(row.sources))
    target = "where it was before" if row.target == RESUME else f"`{row.target}`" if row.target else "–"
    who = _codes(right for right in Right if right in row.rights)
    clock = "" if row.clock == Clock.KEEP else str(Clock(row.clock).label)
    return [f"`{row.verb}`", sources, target, who, clock]


def _rights_of(verb: str) -> list[str]:
    given = {right for row in TRANSITIONS if row.verb == verb for right in row.rights}
    return [f"`{verb}`", *(_mark(right in given) for right in Right)]


def _in_order(statuses: Iterable[str]) -> list[Status]:
    given = set(statuses)
    return [status for status in Status if status in given]


def _codes(values: Iterable[str]) -> str:
    return ", ".join(f"`{value}`" for value in values)


def _mark(holds: bool) -> str:
    return "✓" if holds else ""
