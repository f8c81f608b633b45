"""Parts of the documentation that are drawn from the code, between marks in the page.

`python -m tests.docs` writes them anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from django.utils import translation

from pakn_portal.management import graph
from tests.docs.pages import DOCS

GENERATED: dict[tuple[Path, str], Callable[[], str]] = {
    (DOCS / "concepts" / "case-graph.md", "diagram"): lambda: f"```mermaid\n{graph.diagram()}\n```",
    (DOCS / "concepts" / "case-graph.md", "states"): graph.states,
    (DOCS / "concepts" / "case-graph.md", "moves"): graph.moves,
    (DOCS / "reference" / "rights.md", "rights"): graph.rights,
}


def drawn(name: str, draw: Callable[[], str]) -> str:
    """What stands between the marks, with them."""
    with translation.override("en"):
        return f"<!-- drawn: {name} -->\n{draw()}\n<!-- end -->"


def written(path: Path, name: str) -> str:
    """The same as the page has it."""
    found = re.search(rf"<!-- drawn: {name} -->.*?<!-- end -->", path.read_text(), re.S)
    return found[0] if found else ""


def write_all() -> int:
    for (path, name), draw in GENERATED.items():
        path.write_text(path.read_text().replace(written(path, name), drawn(name, draw)))
    return len(GENERATED)
