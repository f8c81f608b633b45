"""The whole life of the process that `files.reader` starts: limit itself, read the file, write the result."""

from __future__ import annotations

import sys

from pakn_portal.submissions.reading import bounds


def main(kind: str, *how: str) -> None:
    """Reads the file from standard input; writes one line of JSON to standard output, then the picture if
    "draw", text and copy if "copy".
    """
    bounds.set_limits()
    # inside: limits set first, as what may grow is a parser, its libraries and the file
    from pakn_portal.submissions.reading.answer import answer

    answer(kind, sys.stdin.buffer, sys.stdout.buffer, is_drawn="draw" in how, is_copied="copy" in how)
