"""Limits the work for one file and everything inside it: a small file must not cost minutes."""

from __future__ import annotations

from typing import Final

from pakn_portal.submissions.reading.verdict import Reason, Refused

#: In bytes, unpacked.
MOST_UNPACKED: Final = 200 * 1024 * 1024
#: Elements of XML that are read one by one, and their attributes: a second or two of computing.
MOST_PIECES: Final = 1_200_000


class Work:
    """Counts the work; raises Refused beyond the limits."""

    def __init__(self) -> None:
        self._unpacked = 0
        self._pieces = 0

    def unpack(self, size: int) -> None:
        self._unpacked += size
        if self._unpacked > MOST_UNPACKED:
            raise Refused(Reason.COMPLEX)

    def read(self, pieces: int) -> None:
        self._pieces += pieces
        if self._pieces > MOST_PIECES:
            raise Refused(Reason.COMPLEX)
