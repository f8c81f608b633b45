"""The pages of the documentation as these tests read them."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
PACKAGE = ROOT / "pakn_portal"
_CODE = re.compile(r"`([^`]+)`")
_PIPE = re.compile(r"(?<!\\)\|")


def all_pages() -> list[Path]:
    return [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]


def tables(path: Path, heading: str = "") -> list[list[str]]:
    """The rows of every table of a page, or of one section of it, without the rows of titles and dashes."""
    rows: list[list[str]] = []
    lines = section(path, heading).splitlines()
    for place, line in enumerate(lines):
        is_title = place + 1 < len(lines) and set(lines[place + 1]) <= set("|-: ") and "|" in lines[place + 1]
        if line.startswith("|") and not is_title and not set(line) <= set("|-: "):
            rows.append([cell.strip() for cell in _PIPE.split(line)[1:-1]])
    return rows


def names(path: Path, heading: str = "") -> list[str]:
    """The first code of the first cell of each row: what the row is about."""
    found = [_CODE.search(row[0]) for row in tables(path, heading)]
    return [match[1] for match in found if match]


def code(cell: str) -> str:
    """The first code of a cell."""
    match = _CODE.search(cell)
    return match[1] if match else ""


def codes(cell: str) -> list[str]:
    return _CODE.findall(cell)


def section(path: Path, heading: str) -> str:
    """The text beneath a heading, up to the next of the same or a higher level; all of it without one."""
    text = path.read_text()
    if not heading:
        return text
    start = re.search(rf"^(#+) {re.escape(heading)}$", text, re.M)
    if start is None:
        raise LookupError(f"{path.relative_to(ROOT)} has no heading “{heading}”")
    end = re.compile(rf"^#{{1,{len(start[1])}}} ", re.M).search(text, start.end())
    return text[start.end() : end.start() if end else None]
