"""Rows that stand beside a case and of which its register tells nothing: somebody added them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pakn_portal.answers.files.listed import Listed
from pakn_portal.management.verify.lines import names_told

#: What each begins with that has a row of its own. Of other words one that no line tells may be newer than
#: the line.
_ROWS = ("file.", "supplement.", "public_text.title")


def added(lines: list[Any], words: Mapping[str, str], listed: Iterable[Listed]) -> Iterator[str]:
    """The rows among the `words` that no line proves. `listed`: files that the answer has, which the words
    of its lines prove.
    """
    told = names_told(lines)
    if told is None:
        return
    known = told | {f"file.{one.key}" for one in listed}
    for name in sorted(words.keys() - known):
        # what a file is taken for is told by newer lines only
        if name.startswith(_ROWS) and name.count(".") == 1:
            yield f"{name} stands in no line of its register"
