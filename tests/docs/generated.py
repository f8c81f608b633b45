"""Parts of the documentation that are drawn from the code, between marks in the page.

`python -m tests.docs` writes them anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.utils import translation

from pakn_portal.cases.enums import Right, Verb
from pakn_portal.cases.petition_graph import TRANSITIONS
from pakn_portal.management import graph
from pakn_portal.staff.cases.moves.table import MOVES
from pakn_portal.staff.cases.redaction import RedactionView
from tests.docs.pages import DOCS

#: Which page tells which role about its buttons.
GUIDES = {
    Right.INTAKE: "van-phong",
    Right.FOCAL: "dau-moi",
    Right.OFFICER: "chuyen-vien",
    Right.SUPPORT: "chuyen-vien",
    Right.HEAD: "lanh-dao-don-vi",
    Right.LEADER: "lanh-dao-bo",
    Right.PUBLISHER: "bien-tap",
    Right.INSPECTOR: "thanh-tra",
}


def buttons(right: Right) -> str:
    """The buttons of a role with what the screen says of each, as staff read it."""
    verbs = dict.fromkeys(row.verb for row in TRANSITIONS if right in row.rights)
    return graph.table(
        ("Nút", "Điều gì xảy ra"), ((f"**{verb.label}**", _explanation(verb)) for verb in verbs)
    )


def _explanation(verb: Verb) -> str:
    if verb == Verb.READ_CONTACTS:
        return "Nhật ký ghi lại ai đã xem."
    move = RedactionView.move.fget(RedactionView) if verb == Verb.PREPARE_PUBLIC_TEXT else MOVES[verb]
    return str(move.explanation)


GENERATED: dict[tuple[Path, str], Callable[[], str]] = {
    (DOCS / "concepts" / "case-graph.md", "diagram"): lambda: f"```mermaid\n{graph.diagram()}\n```",
    (DOCS / "concepts" / "case-graph.md", "states"): graph.states,
    (DOCS / "concepts" / "case-graph.md", "moves"): graph.moves,
    (DOCS / "reference" / "rights.md", "rights"): graph.rights,
    **{
        (DOCS / "huong-dan" / f"{page}.md", f"buttons-{right}"): partial(buttons, right)
        for right, page in GUIDES.items()
    },
}


def drawn(name: str, draw: Callable[[], str]) -> str:
    """What stands between the marks, with them."""
    with translation.override("vi" if name.startswith("buttons") else "en"):
        return f"<!-- drawn: {name} -->\n{draw()}\n<!-- end -->"


def written(path: Path, name: str) -> str:
    """The same as the page has it."""
    found = re.search(rf"<!-- drawn: {name} -->.*?<!-- end -->", path.read_text(), re.S)
    if found is None:
        raise LookupError(f"{path} has no marks for “{name}”")
    return found[0]


def write_all() -> int:
    for (path, name), draw in GENERATED.items():
        path.write_text(path.read_text().replace(written(path, name), drawn(name, draw)))
    return len(GENERATED)
