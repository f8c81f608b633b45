"""Words by which a text may belong to a procedure of its own: a denunciation, a complaint.

They are signs and no verdict: "không phải tố cáo" has one too, and whoever reads decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from pakn_portal.text.normalize import normalize

OtherPath = Literal["denunciation", "complaint"]

_DENUNCIATION: Final = (
    "tố cáo|tố giác|tham ô|tham nhũng|(?:nhận|đưa|đòi|ăn) hối lộ|(?:lợi dụng|lạm dụng) chức (?:vụ|quyền)"
)
_COMPLAINT: Final = "khiếu nại|khiếu tố"
_SIGN: Final = re.compile(
    rf"(?<!\w)(?:(?P<denunciation>{_DENUNCIATION})|(?P<complaint>{_COMPLAINT}))(?!\w)", re.IGNORECASE
)
#: So much of the text stands beside the words, to be judged without a search.
_BESIDE: Final = 40


@dataclass(frozen=True)
class Sign:
    """`quote`: the words with a little of what stands around them, as they were written."""

    procedure: OtherPath
    quote: str


def signs_of_procedures(*texts: str) -> list[Sign]:
    """The first sign of each procedure, a denunciation before a complaint."""
    found: dict[OtherPath, Sign] = {}
    for text in map(normalize, texts):
        for match in _SIGN.finditer(text):
            procedure: OtherPath = "denunciation" if match["denunciation"] else "complaint"
            found.setdefault(procedure, Sign(procedure, _quote(text, *match.span())))
    return [found[each] for each in ("denunciation", "complaint") if each in found]


def _quote(text: str, start: int, end: int) -> str:
    first, last = max(start - _BESIDE, 0), min(end + _BESIDE, len(text))
    quote = " ".join(text[first:last].split())
    # a word that was cut through says nothing
    if first:
        quote = f"… {quote.partition(' ')[2]}"
    if last < len(text):
        quote = f"{quote.rpartition(' ')[0]} …"
    return quote
