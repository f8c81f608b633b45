"""The same words sent twice, found by an index: a digest of the text without marks, signs and spaces."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from pakn_portal.text import fold

LENGTH: Final = 32
_NO_LETTER: Final = re.compile(r"[\W_]+")


def content_key(content: str) -> str:
    """Equal for texts that differ in marks, capitals, punctuation and white space alone."""
    return hashlib.sha256(_NO_LETTER.sub("", fold(content)).encode()).hexdigest()[:LENGTH]
