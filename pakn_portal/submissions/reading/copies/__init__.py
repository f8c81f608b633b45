"""Copies for the public: what a file shows, without who made it, on what, where and when; and its text."""

from __future__ import annotations

from typing import Final, NamedTuple

from pakn_portal.submissions.reading.verdict import Reason, Refused

#: Characters. Of a longer file there is no copy: what is behind them nobody would search.
MOST_TEXT: Final = 200_000


class Copied(NamedTuple):
    content: bytes
    #: In the order in which it is read; empty for a picture.
    text: str = ""
    #: What the copy holds beside it, each on a line: descriptions, names, addresses of links, formulas.
    beside: str = ""


class Gathered:
    """The words of one file. Nothing is in a copy that was not gathered here; raises Refused if that would
    be too much.
    """

    def __init__(self) -> None:
        self._shown: list[str] = []
        self._beside: dict[str, None] = {}
        self._length = 0

    def show(self, words: str) -> None:
        self._shown.append(words)
        self._count(words)

    def add(self, words: str) -> None:
        """Beside the text, once each."""
        if (bare := words.strip()) and bare not in self._beside:
            self._beside[bare] = None
            self._count(bare)

    def _count(self, words: str) -> None:
        self._length += len(words)
        if self._length > MOST_TEXT:
            raise Refused(Reason.LONG)

    def copied(self, content: bytes) -> Copied:
        return Copied(content, "".join(self._shown), "\n".join(self._beside))
