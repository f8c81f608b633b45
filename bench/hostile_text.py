"""How long hostile text takes, and how it grows: the readers of `tests/text/hostile.py` at their worst."""

from __future__ import annotations

from time import process_time

from tests.text.hostile import PIECES, READERS, Reader, hostile

LENGTH = 200_000
#: below this a measurement says nothing about growth
NEGLIGIBLE = 0.02
Row = tuple[str, str, str]


def hostile_rows() -> list[Row]:
    return [
        (f"{LENGTH:,} characters", f"hostile text, {name}", _worst(read)) for name, read in READERS.items()
    ]


def _worst(read: Reader) -> str:
    """The slowest piece, and the one that grows most at twice the length (2 is linear, 4 quadratic)."""
    full = {piece: _seconds(read, piece, LENGTH) for piece in PIECES}
    growth = {
        piece: seconds / _seconds(read, piece, LENGTH // 2)
        for piece, seconds in full.items()
        if seconds > NEGLIGIBLE
    }
    slowest = max(full, key=full.__getitem__)
    told = f"{full[slowest]:.2f} s ({slowest!a})"
    if not growth:
        return told
    fastest = max(growth, key=growth.__getitem__)
    return f"{told}, twice the length takes at most {growth[fastest]:.1f} times as long ({fastest!a})"


def _seconds(read: Reader, piece: str, length: int) -> float:
    text = hostile(piece, length)
    started = process_time()
    read(text)
    return process_time() - started
