"""Copies for the public: what a file shows, without who made it, on what, where and when; and its text."""

from __future__ import annotations

from typing import Final, NamedTuple

#: Characters; what is behind them is not found by the search.
MOST_TEXT: Final = 200_000


class Copied(NamedTuple):
    content: bytes
    #: In the order in which it is read; empty for a picture.
    text: str = ""
