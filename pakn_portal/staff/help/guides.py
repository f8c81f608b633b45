"""The guides of the roles, as the package ships them: the files of docs/huong-dan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.urls import reverse
from django.utils.safestring import SafeString

import pakn_portal
from pakn_portal import permissions
from pakn_portal.people.scope import Scope
from pakn_portal.snippets.confirmation.confirming import may_confirm
from pakn_portal.staff.help.markdown import anchor_of, blocks_of, finds, plain, render

FOLDER: Final = Path(pakn_portal.__file__).parent / "guides"
#: In the order of the work.
NAMES: Final = (
    "van-phong",
    "dau-moi",
    "chuyen-vien",
    "lanh-dao-don-vi",
    "lanh-dao-bo",
    "bien-tap",
    "phap-che",
    "thanh-tra",
    "kiem-toan",
    "quan-tri",
    "nguoi-gui",
)
GUIDE: Final = "pakn_guide"
#: The longest text that is shown of a find.
EXCERPT: Final = 220


@dataclass(frozen=True)
class Guide:
    name: str
    title: str
    source: str

    @property
    def url(self) -> str:
        return reverse(GUIDE, args=[self.name])

    @property
    def html(self) -> SafeString:
        return render(self.source.split("\n", 1)[1], _address)

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Heading and address of each part, for a table of contents."""
        heads = [lines[0][3:] for lines in blocks_of(self.source) if lines[0].startswith("## ")]
        return [(plain(head), f"#{anchor_of(plain(head))}") for head in heads]


@dataclass(frozen=True)
class Passage:
    guide: Guide
    heading: str
    text: str
    url: str


@lru_cache(maxsize=1)
def guides() -> dict[str, Guide]:
    """Read once for a process: they change with the package."""
    found = {}
    for name in NAMES:
        source = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
        found[name] = Guide(name, source.split("\n", 1)[0].removeprefix("# "), source)
    return found


def names_for(scope: Scope) -> list[str]:
    """The guides of this person's roles, the one that is most theirs first; whoever has none keeps the lists.

    Heads and focal persons are of their unit as officers are, so theirs goes before the officers'.
    """
    roles = [
        (scope.is_leader, "lanh-dao-bo"),
        (scope.is_intake, "van-phong"),
        (scope.is_publisher, "bien-tap"),
        (may_confirm(scope.user), "phap-che"),
        (scope.reads_sealed, "thanh-tra"),
        (scope.is_auditor, "kiem-toan"),
        (bool(scope.head_of), "lanh-dao-don-vi"),
        (bool(scope.focal_of), "dau-moi"),
        (bool(scope.unit_ids), "chuyen-vien"),
        (scope.user.has_perm(permissions.KEEPS_LISTS), "quan-tri"),
    ]
    return [name for holds, name in roles if holds] or ["quan-tri"]


def search(query: str) -> Iterator[Passage]:
    """Each paragraph, item or row with all words of the query."""
    for guide in guides().values():
        heading = ""
        for lines in blocks_of(guide.source):
            if lines[0].startswith("#"):
                heading = plain(lines[0].lstrip("# "))
                continue
            for text in _pieces(lines):
                if finds(f"{heading} {text}", query):
                    yield Passage(guide, heading, _short(text), f"{guide.url}#{anchor_of(heading)}")


def _pieces(lines: list[str]) -> list[str]:
    """A list and a table are read by the row, a paragraph as one."""
    if lines[0].startswith("|"):
        return [plain(" – ".join(cell.strip() for cell in line.strip("|").split("|"))) for line in lines[2:]]
    if lines[0][:2] in ("- ", "* ") or lines[0][:1].isdigit():
        return [plain(line.split(" ", 1)[-1]) for line in lines]
    return [plain(" ".join(lines))]


def _short(text: str) -> str:
    return text if len(text) <= EXCERPT else f"{text[:EXCERPT].rsplit(' ', 1)[0]}…"


def _address(to: str) -> str:
    """A link between guides stays in the admin; another page of the documentation has no address here."""
    name, _hash, part = to.partition("#")
    ending = f"#{part}" if part else ""
    if not name:
        return ending
    if name.removesuffix(".md") in NAMES:
        return f"{reverse(GUIDE, args=[name.removesuffix('.md')])}{ending}"
    return to if to.startswith(("https://", "/")) else "#"
