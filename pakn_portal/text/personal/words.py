"""E-mail addresses, number plates and dates of birth in text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pakn_portal.text.letters import UPPER_LETTERS
from pakn_portal.text.personal.view import HIDDEN, FindCandidate, View

# Each part is taken whole and not given back (possessive), so a long run of letters is looked at once.
_LOCAL: Final = r"[a-z0-9._%+\-]"
_AT: Final = (
    r"(?:[ \t]{0,2}@[ \t]{0,2}|[ \t]{0,2}[(\[{][ \t]?(?:at|a cong|a|@)[ \t]?[)\]}][ \t]{0,2}"
    r"|[ \t](?:a cong|a moc|a vong|at)[ \t]|#(?=(?:gmail|yahoo|hotmail|outlook|icloud)[.,]))"
)
_LABEL: Final = r"[a-z0-9](?:[a-z0-9\-])*+"
_DOT: Final = (
    r"(?:,(?=[a-z])|[ \t]{0,2}(?:\.|[(\[{](?:dot|cham)[)\]}]|(?<=[ \t])(?:dot|cham)(?=[ \t]))[ \t]{0,2})"
)
_TOP: Final = "(?:com|vn|net|org|edu|gov|info)(?![a-z0-9])"
_EMAIL = re.compile(
    rf"(?<![a-z0-9._%+\-{HIDDEN}]){_LOCAL}++{_AT}(?![0-9.]++(?![a-z0-9\-]))"
    rf"(?:{_LABEL}(?:\.{_LABEL})++(?:{_DOT}{_TOP}){{0,2}}|{_LABEL}(?:{_DOT}{_TOP}){{1,2}}"
    r"|(?:gmail|yahoo|hotmail|outlook|icloud)(?![a-z0-9]))"
)
#: What only an address of mail ends with; asked for where the sign before is no plain @ grown to its mailbox.
_MAIL_END = re.compile(rf"(?:{_TOP}|(?<![a-z0-9])(?:gmail|yahoo|hotmail|outlook|icloud))\Z")
#: What an office of the state publishes as its own, so a person decides; a mailbox there that is called
#: otherwise is somebody's.
_OFFICE_MAILBOX = re.compile(
    r"(?:(?:hotro|vanphong|vanthu|vanban|vp|info|contact|support|lienhe|tiepnhan|tiepdan|bandoc|banbientap|bbt"
    r"|toasoan|webmaster|admin|pakn|hoidap|phananh|kiennghi|gopy|duongdaynong|tonghop|baochi|thongtin|cntt"
    r"|dvc|dichvucong|cskh|kythuat|quantri|congthongtin|portal|bo|so|cuc|vu|tt|ttdt)[._\-]?){1,4}[0-9]{0,2}"
    r"@(?:[a-z0-9\-]{1,30}\.){1,4}gov\.vn"
)
#: A mailbox told in words (hoa minh 1979 a còng …) begins behind one of these, or behind a colon.
_SPOKEN_AT = re.compile(r"[ \t](?:a cong|a moc|a vong|at)[ \t]")
_SPOKEN_BEGINS = re.compile(
    r"(?:(?<![a-z0-9])(?:la|e-?mail|g?mail|hop thu|hom thu|thu|dia chi|qua|vao|ve|theo|cho|toi|em|minh)"
    r"|[:(\-–])"
    r"[ \t]{1,2}((?:[a-z0-9._\-]{1,20} ){1,6})\Z"
)

_PLATE = re.compile(
    rf"(?<![a-z0-9/.{HIDDEN}])[1-9][0-9][ \-–]{{0,3}}[a-z]{{1,2}}[0-9]?[ \-–.]{{1,3}}"
    rf"(?:[0-9]{{3}}\.[0-9]{{2}}|[0-9]{{5}}|[0-9]{{4}})(?![0-9{HIDDEN}])|"
    rf"(?<![a-z0-9/.{HIDDEN}])[1-9][0-9][a-z][0-9]?[0-9]{{5}}(?![0-9{HIDDEN}])"
)
#: Foreign firms and embassies, also with their letters in front: LD 51-118.06, NG 41-207.13, 41-207-NG-13.
_FOREIGN_PLATE = re.compile(
    rf"(?<![a-z0-9/.{HIDDEN}])"
    r"(?:(?:ld|da|ng|nn|qt|kt|hc|td|mk)[ \-]{0,3}[1-9][0-9][ \-]{1,3}[0-9]{3}[.\-][0-9]{2}"
    rf"|[1-9][0-9][ \-][0-9]{{3}}[ \-](?:ng|nn|qt)[ \-][0-9]{{2}})(?![0-9{HIDDEN}])"
)
#: Two letters and twice two digits are a plate of the army only where it is said.
_ARMY_PLATE = re.compile(
    rf"(?<![a-z])(?:bien(?: so| do| kiem soat)?|bks|quan doi|quan su)[ :]{{1,3}}"
    rf"([abhkpqtv][a-z][ \-]{{1,3}}[0-9]{{2}}[ \-.]{{1,3}}[0-9]{{2}})(?![0-9{HIDDEN}])"
)
_PLATE_WORDS = re.compile(r"(?:bien (?:so|kiem soat|xe)|bks|xe|o to|xe may)[^0-9\n]{0,15}\Z")
_CAPITAL = re.compile(f"[{UPPER_LETTERS}]")
_YEAR: Final = "(?:19|20)[0-9]{2}"

_BORN: Final = (
    r"(?:sinh ngay|ngay sinh|ngay,? thang,? nam sinh|sinh nam|nam sinh|sinh vao|sinh hom|sinh thang|sinh"
    r"|chao doi|d\.?o\.?b|ns|sn|s/n|s\.n\.?)"
)
_DATE: Final = (
    rf"(?:[0-9]{{1,2}}[ ]?[/.\-–][ ]?[0-9]{{1,2}}[ ]?[/.\-–][ ]?(?:{_YEAR}|[0-9]{{2}})"
    rf"|[0-9]{{1,2}} [0-9]{{1,2}} {_YEAR}"
    rf"|(?:19|20)[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}"
    rf"|(?:mung |mong )?[0-9]{{1,2}}[ ]?(?:thang|/)[ ]?[0-9]{{1,2}}[ ,]{{0,2}}nam[ ]?{_YEAR}"
    rf"|[0-9]{{1,2}}[/.\-]{_YEAR}|{_YEAR})"
)
_DATE_ENDS: Final = rf"(?![0-9/.\-{HIDDEN}]?[0-9])(?! ?(?:tro|den(?! nay)|hoac|ve truoc))"
#: Hy sinh, học sinh, phát sinh … ngày: nobody's birth.
_NOT_BORN: Final = "".join(
    rf"(?<!\b{word} )" for word in ("hy", "hi", "hoc", "thi", "phat", "nay", "ve", "tuyen")
)
#: Sinh năm Mậu Dần 1938
_YEAR_OF_MOON: Final = "(?:giap|at|binh|dinh|mau|ky|canh|tan|nham|quy) [a-z]{2,4}(?= |,)"
_WHOSE: Final = "cua (?:con|chau|vo|chong|me|bo|toi|em)(?= |:)"
_BIRTH_DATE = re.compile(
    rf"(?<![a-z]){_NOT_BORN}{_BORN}"
    rf"(?:[ \t:,(\-]|la(?= )|vao(?= )|ngay(?= )|nam(?= )|hom(?= )|{_YEAR_OF_MOON}|{_WHOSE}){{0,6}}"
    rf"({_DATE}){_DATE_ENDS}"
)
#: Ngày sinh ghi trên sổ là …, năm sinh đúng của mẹ tôi phải là …: a label, some words, and what closes them.
_LABELLED_BIRTH = re.compile(
    r"(?<![a-z])(?:ngay,? thang,? nam sinh|ngay sinh|nam sinh|sinh nhat)"
    r"(?! (?:vien|hoat|san|hoc|doi|thai|de |ra |loi))"
    rf"(?: [a-z]{{1,8}}){{1,8}}(?:(?<= la)|(?<= thanh)|(?<= ghi)| ?:)(?: ngay| nam)? ?({_DATE}){_DATE_ENDS}"
)
#: Bố tôi (1947)
_KIN_AND_YEAR = re.compile(
    r"(?<![a-z])(?:bo|me|ba|ma|cha|ong|vo|chong|con|anh|chi|em|chau)(?: (?:noi|ngoai|gai|trai|ruot|de))?"
    rf" (?:toi|em|minh|chau|con) \(({_YEAR})\)"
)


def find_words(view: View) -> Iterator[FindCandidate]:
    """E-mail addresses, plates and dates of birth."""
    for match in _EMAIL.finditer(view.folded):
        if _is_email(match[0]):
            is_sure = _OFFICE_MAILBOX.fullmatch(match[0]) is None
            yield FindCandidate(_mailbox_start(view, match), match.end(), "email", is_sure=is_sure)
    for match in _PLATE.finditer(view.folded):
        if _is_plate(view, match):
            yield FindCandidate(*match.span(), "plate", 1)
    for match in _FOREIGN_PLATE.finditer(view.folded):
        yield FindCandidate(*match.span(), "plate", 1)
    for match in _ARMY_PLATE.finditer(view.folded):
        yield FindCandidate(*match.span(1), "plate", 1)
    for pattern in (_BIRTH_DATE, _LABELLED_BIRTH, _KIN_AND_YEAR):
        for match in pattern.finditer(view.folded):
            yield FindCandidate(*match.span(1), "birth_date")


def _is_email(found: str) -> bool:
    """Telegram @lan.anh and khoản (a) of something are none, though a name with a dot follows."""
    is_plain = re.search(r"[a-z0-9._%+\-]@", found) is not None
    return is_plain or _MAIL_END.search(found) is not None


def _mailbox_start(view: View, match: re.Match[str]) -> int:
    """Where a mailbox begins that is told in several words."""
    if not _SPOKEN_AT.search(match[0]):
        return match.start()
    left = max(0, match.start() - 80)
    words = _SPOKEN_BEGINS.search(view.folded[left : match.start()])
    return left + words.start(1) if words else match.start()


def _is_plate(view: View, match: re.Match[str]) -> bool:
    """Plates are in capitals, unlike a form (Mẫu 12b-1234); words before make up for small letters."""
    if _PLATE_WORDS.search(view.folded[max(0, match.start() - 30) : match.start()]):
        return True
    has_capital = _CAPITAL.search(view.typed, *match.span()) is not None
    looks_like_year = re.search(f"[^0-9]{_YEAR}\\Z", match[0]) is not None
    is_loose = re.match(r"[0-9]{2}[ \-–]{2}", match[0]) is not None and "." not in match[0]
    return has_capital and not looks_like_year and not is_loose
