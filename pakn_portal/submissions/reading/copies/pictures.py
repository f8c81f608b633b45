"""Pictures are drawn again, as for staff; one inside a PDF loses the segments that are no picture."""

from __future__ import annotations

from typing import Any, Final

from pakn_portal.submissions.reading import pictures
from pakn_portal.submissions.reading.copies import Copied

#: Application segments without the picture's form (APP0) and colours (APP14), and comments.
_TOLD: Final = frozenset({*range(0xE1, 0xEE), 0xEF, 0xFE})
_SCAN, _END = 0xDA, 0xD9


def copy_jpeg(file: Any) -> Copied:
    return Copied(pictures.draw_jpeg(file).getvalue())


def copy_png(file: Any) -> Copied:
    return Copied(pictures.draw_png(file).getvalue())


def bare_jpeg(content: bytes) -> bytes:
    """The same picture, dot for dot, without what a camera or a program wrote beside it. What is not built
    as a JPEG is returned as it is: it has no such segments.
    """
    kept, at = [content[:2]], 2
    while at + 4 <= len(content) and content[at] == 0xFF and content[at + 1] not in (_SCAN, _END):
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
        if content[at + 1] not in _TOLD:
            kept.append(content[at:end])
        at = end
    return b"".join([*kept, content[at:]])
