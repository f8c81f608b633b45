"""E-mail addresses, number plates and dates of birth in text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pakn_portal.text.letters import UPPER_LETTERS
from pakn_portal.text.personal_view import HIDDEN, Candidate, View

# Each part is taken whole and not given back (possessive), so a long run of letters is looked at once.
_LOCAL: Final = r"[a-z0-9._%+\-]"
_AT: Final = (
    r"(?:[ \t]{0,2}@[ \t]{0,2}|[ \t]{0,2}[(\[{][ \t]?(?:at|a cong|@)[ \t]?[)\]}][ \t]{0,2}|[ \t]a cong[ \t])"
)
_LABEL: Final = r"[a-z0-9](?:[a-z0-9\-])*+"
_DOT: Final = r"[ \t]{0,2}(?:\.|[(\[{](?:dot|cham)[)\]}]|(?<=[ \t])(?:dot|cham)(?=[ \t]))[ \t]{0,2}"
_TOP: Final = "(?:com|vn|net|org|edu|gov|info)(?![a-z0-9])"
_EMAIL = re.compile(
    rf"(?<![a-z0-9._%+\-{HIDDEN}]){_LOCAL}++{_AT}(?![0-9.]++(?![a-z0-9\-]))"
    rf"(?:{_LABEL}(?:\.{_LABEL})++(?:{_DOT}{_TOP}){{0,2}}|{_LABEL}(?:{_DOT}{_TOP}){{1,2}}"
    r"|(?:gmail|yahoo|hotmail|outlook|icloud)(?![a-z0-9]))"
)

_PLATE = re.compile(
    rf"(?<![a-z0-9/.{HIDDEN}])[1-9][0-9][ \-]?(?:[a-z][0-9]|[a-z]{{1,2}})[ \-.]{{1,3}}"
    rf"(?:[0-9]{{3}}\.[0-9]{{2}}|[0-9]{{5}}|[0-9]{{4}})(?![0-9{HIDDEN}])|"
    rf"(?<![a-z0-9/.{HIDDEN}])[1-9][0-9][a-z][0-9]?[0-9]{{5}}(?![0-9{HIDDEN}])"
)
_PLATE_WORDS = re.compile(r"(?:bien (?:so|kiem soat|xe)|bks|xe|o to|xe may)[^0-9\n]{0,15}\Z")
_CAPITAL = re.compile(f"[{UPPER_LETTERS}]")
_YEAR: Final = "(?:19|20)[0-9]{2}"

_BORN: Final = (
    r"(?:sinh ngay|ngay sinh|ngay,? thang,? nam sinh|sinh nam|nam sinh|sinh vao|sinh|d\.?o\.?b|ns|sn)"
)
_DATE: Final = (
    rf"(?:[0-9]{{1,2}}[ ]?[/.\-–][ ]?[0-9]{{1,2}}[ ]?[/.\-–][ ]?(?:{_YEAR}|[0-9]{{2}})"
    rf"|[0-9]{{1,2}} [0-9]{{1,2}} {_YEAR}"
    rf"|(?:19|20)[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}"
    rf"|(?:mung |mong )?[0-9]{{1,2}}[ ]?(?:thang|/)[ ]?[0-9]{{1,2}}[ ,]{{0,2}}nam[ ]?{_YEAR}"
    rf"|[0-9]{{1,2}}[/.\-]{_YEAR}|{_YEAR})"
)
_WHOSE: Final = "cua (?:con|chau|vo|chong|me|bo|toi|em)(?= |:)"
_BIRTH_DATE = re.compile(
    rf"(?<![a-z])(?<!hy ){_BORN}(?:[ \t:,(\-]|la(?= )|vao(?= )|ngay(?= )|nam(?= )|{_WHOSE}){{0,6}}({_DATE})"
    rf"(?![0-9/.\-{HIDDEN}]?[0-9])"
    r"(?! ?(?:tro|den|hoac|ve truoc))"
)


def find_words(view: View) -> Iterator[Candidate]:
    """E-mail addresses, plates and dates of birth."""
    for match in _EMAIL.finditer(view.folded):
        yield Candidate(*match.span(), "email")
    for match in _PLATE.finditer(view.folded):
        if _is_plate(view, match):
            yield Candidate(*match.span(), "plate", 1)
    for match in _BIRTH_DATE.finditer(view.folded):
        yield Candidate(*match.span(1), "birth_date")


def _is_plate(view: View, match: re.Match[str]) -> bool:
    """Plates are in capitals, unlike a form (Mẫu 12b-1234); words before make up for small letters."""
    if _PLATE_WORDS.search(view.folded[max(0, match.start() - 30) : match.start()]):
        return True
    has_capital = _CAPITAL.search(view.typed, *match.span()) is not None
    looks_like_year = re.search(f"[^0-9]{_YEAR}\\Z", match[0]) is not None
    return has_capital and not looks_like_year
