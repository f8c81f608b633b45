from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.docs.pages import DOCS, ROOT, all_pages

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.M)


def anchors(path: Path) -> set[str]:
    """The anchors of a page as code hosts make them: lower case, blanks to hyphens, punctuation dropped."""
    heads = (re.sub(r"[^\w\- ]", "", head.lower()) for head in HEADING.findall(path.read_text()))
    return {head.strip().replace(" ", "-") for head in heads}


def broken_links(path: Path) -> list[str]:
    broken = []
    for link in LINK.findall(path.read_text()):
        if re.match(r"[a-z]+:", link):
            continue
        target, _hash, anchor = unquote(link).partition("#")
        file = (path.parent / target).resolve() if target else path
        if not file.exists() or (anchor and file.suffix == ".md" and anchor not in anchors(file)):
            broken.append(link)
    return broken


@pytest.mark.parametrize("path", all_pages(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(path: Path) -> None:
    assert broken_links(path) == []


def test_every_page_can_be_reached_from_the_index() -> None:
    index = DOCS / "README.md"
    linked = {
        (index.parent / unquote(link).partition("#")[0]).resolve() for link in LINK.findall(index.read_text())
    }
    assert {path for path in DOCS.rglob("*.md") if path != index} - linked == set()


def test_the_readme_leads_to_the_index() -> None:
    assert "docs/README.md" in LINK.findall((ROOT / "README.md").read_text())
