"""Text as the finders of personal data look at it.

Three strings of the same length: as typed (normalized, tone placement unified, all digits ordinary), in lower
case and folded. What must not be looked at (labels of what is masked already, numbers of documents, what was
found before) is hidden behind a character that no pattern matches and no normalized text contains.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final, NamedTuple

from pakn_portal.text.documents.numbers import spans_in
from pakn_portal.text.folding import fold_aligned, lower
from pakn_portal.text.tones import move_tones

HIDDEN: Final = "\x00"

#: kind of personal data → what stands in its place in a masked text
LABELS: Final = {
    "phone": "[số điện thoại]",
    "email": "[thư điện tử]",
    "id_number": "[số định danh]",
    "tax_code": "[mã số thuế]",
    "bank_account": "[số tài khoản]",
    "address": "[địa chỉ]",
    "plate": "[biển số xe]",
    "birth_date": "[ngày sinh]",
    "insurance_number": "[mã số bảo hiểm]",
    "name": "[họ tên]",
    "given_name": "[họ tên]",
    "organisation": "[tên tổ chức]",
    "profile": "[trang cá nhân]",
    "secret_marking": "[dấu độ mật]",
}
OTHER_LABEL: Final = "[thông tin cá nhân]"
#: where the text itself has just said what it is
SAID_LABEL: Final = "[đã che]"

_ANY_LABEL = re.compile(
    "|".join(re.escape(move_tones(label)) for label in (*LABELS.values(), OTHER_LABEL, SAID_LABEL))
)
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")


# Letters that stand for digits (O912…, 09l2…), within what is a number otherwise.
_LOOKS_LIKE_A_NUMBER = re.compile(r"(?<![\w])[0-9OoIl](?:[ .\-]?[0-9OoIl]){7,13}(?![\w])")
_DIGITS: Final = str.maketrans("OoIl", "0011")


class FindCandidate(NamedTuple):
    """Something that looks like personal data; the smaller the doubt, the surer its kind.

    ``is_sure``: needs nobody to look at it. A name may be a street or an office, so a person decides.
    """

    start: int
    end: int
    kind: str
    doubt: int = 0
    is_sure: bool = True


class View(NamedTuple):
    """The same text three times; an offset means the same place in each."""

    typed: str
    lowered: str
    folded: str


def view_of(clean: str, already_found: Iterable[tuple[int, int]] = ()) -> View:
    """The view of a normalized text, with everything hidden that must not be looked at."""
    typed = _OTHER_DIGIT.sub(lambda match: str(unicodedata.decimal(match[0])), move_tones(clean))
    typed = _LOOKS_LIKE_A_NUMBER.sub(_with_digits, typed)
    typed = _hide(typed, (match.span() for match in _ANY_LABEL.finditer(typed)))
    typed = _hide(typed, already_found)
    typed = _hide(typed, ((span.start, span.end) for span in spans_in(typed)))
    return View(typed, lower(typed), fold_aligned(typed))


def _with_digits(match: re.Match[str]) -> str:
    """Three of four are digits already, and one at the least is a letter."""
    digits = sum(char.isdigit() for char in match[0])
    letters = sum(char.isalpha() for char in match[0])
    return match[0].translate(_DIGITS) if letters and digits >= 3 * letters else match[0]


def _hide(text: str, spans: Iterable[tuple[int, int]]) -> str:
    pieces: list[str] = []
    at = 0
    for start, end in sorted(spans):
        if start >= at:
            pieces += text[at:start], HIDDEN * (end - start)
            at = end
    return "".join(pieces) + text[at:]
