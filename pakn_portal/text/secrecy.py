"""Markings of state secrets: MẬT, TỐI MẬT, TUYỆT MẬT as stamped on a document or written into a file's name.

Such a submission must be held: it does not belong on an open network. The word in a sentence (bí mật kinh
doanh, mật khẩu) is no marking.
"""

from __future__ import annotations

import re
from typing import Final

from pakn_portal.text.alignment import align
from pakn_portal.text.personal.data import Find

_NOT_AFTER: Final = ("BÍ", "BẢO", "CƠ", "THÂN", "HUYỀN", "TÚI", "ONG", "NGỌT", "ĐƯỜNG", "TRĂNG", "ỐNG", "SỎI")
_NOT_BEFORE: Final = (
    "KHẨU|MÃ|ĐỘ|ONG|VỤ|THIẾT|THƯ|NGHỊ|PHỤC|HIỆU|LỆNH|DANH|TÔNG|GẤU|MÍA|NGỌT|THÁM|ƯỚC|ĐÀM|ĐIỆN TỬ|HOA|RỈ|GIÁO"
)
_GAP: Final = "[ \u00a0_.\\-]{1,3}"
_EDGE: Final = r"[^\W_]"
_HIGHER: Final = f"(?:TUYỆT|TỐI){_GAP}MẬT|(?:TUYET|TOI){_GAP}MAT"
_IS_NOT_AFTER: Final = "".join(f"(?<!{word}[ _\\-])" for word in _NOT_AFTER)
_LOWEST: Final = f"{_IS_NOT_AFTER}MẬT(?!{_GAP}(?:{_NOT_BEFORE})(?!{_EDGE}))"
# Without diacritics MAT may be anybody's abbreviation: only alone on its line or as a part of a file's name.
_STAMP_WITHOUT_DIACRITICS: Final = r"(?:(?<=[_\-(\[])|(?<![^\n]))MAT(?=[_\-.)\]]|\n|\Z)"
_MARKING = re.compile(f"(?<!{_EDGE})(?:{_HIGHER}|{_LOWEST}|{_STAMP_WITHOUT_DIACRITICS})(?!{_EDGE})")


def secret_markings(text: str) -> list[Find]:
    """Each marking (kind ``secret_marking``) in a text or a file's name, in order."""
    aligned = align(text)
    finds = []
    for match in _MARKING.finditer(aligned.clean):
        start, end = aligned.span(*match.span())
        finds.append(Find("secret_marking", start, end, text[start:end]))
    return finds
