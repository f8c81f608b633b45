"""Figures of a sheet as a reader sees them: a telephone number that is stored as a number has lost its zero,
and a date is a count of days.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

#: Formats that a book need not write down (ISO/IEC 29500-1, 18.8.30); all others below 164 are dates.
_BUILT_IN: Final = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "General",
    12: "General",
    13: "General",
    48: "General",
    49: "General",
    **dict.fromkeys((5, 6, 37, 38, 41, 42), "#,##0"),
    **dict.fromkeys((7, 8, 39, 40, 43, 44), "#,##0.00"),
}
_FIRST_OWN: Final = 164
#: Of a code, parted by semicolons; one may be empty.
_PARTS: Final = re.compile(r'(?:"[^"]*"|\\.|[^;"\\])+|(?<=;)(?=;|$)')
#: A literal, a colour or country, a width, or one character that means something.
_PIECES: Final = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|[_*].|(.)', re.DOTALL)
_PLACES: Final = "0#?"
#: More of them no program shows; in all, as many as a decimal is exact to.
_MOST_DIGITS: Final = 18
_MOST_DECIMALS: Final = 6
#: Ten or eleven digits are left of twelve.
_ZEROS_LOST: Final = (9, 10)
_IDENTITY: Final = re.compile(r"0(?!00)(?:[0-8]\d|9[0-6])[0-3]\d{8}")


def format_of(number: int, own: dict[int, str]) -> str:
    """The code of a format by its number. `own`: those that the book writes down."""
    return own.get(number) or _BUILT_IN.get(number) or ("General" if number >= _FIRST_OWN else "dd/mm/yyyy")


def shown(raw: str, code: str, *, since_1904: bool = False) -> str:
    """A number of a cell in its format; what is no number is returned as it is."""
    try:
        number = Decimal(raw.strip())
    except InvalidOperation:
        return raw
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        return raw
    pieces = _pieces(_section(code, number))
    signs = "".join(sign for sign, _literal in pieces if sign)
    letters = set(signs.lower())
    if letters & set("dmyhs"):
        return _date(number, is_day=bool(letters & {"d", "y"}), since_1904=since_1904)
    if letters & set("e/@") or not letters & set(_PLACES):  # also "General", which has an e
        return _plain(number)
    return _laid_out(number * 100 if "%" in signs else number, pieces, signs)


def identity_number(raw: str) -> str:
    """A number of a person that lost its zeros when stored as a figure, with them; empty if it is none.
    It begins with one of 96 provinces (001 to 096), then tells sex and century (0 to 3 of those alive).
    """
    try:
        number = Decimal(raw.strip())
    except InvalidOperation:
        return ""
    if not number.is_finite() or number.adjusted() not in _ZEROS_LOST or number != number.to_integral_value():
        return ""
    digits = format(number.to_integral_value(), "f").zfill(12)
    return digits if _IDENTITY.fullmatch(digits) else ""


def _section(code: str, number: Decimal) -> str:
    """A code may have parts for what is above, below and equal to zero."""
    parts: list[str] = _PARTS.findall(code) or ["General"]
    at = 1 if number < 0 else 2 if number == 0 else 0
    return parts[at] if at < len(parts) else ("-" if number < 0 else "") + parts[0]


def _pieces(code: str) -> list[tuple[str, str]]:
    """Each a sign with a meaning, or a literal."""
    found = []
    for match in _PIECES.finditer(code):
        quoted, escaped, sign = match.groups()
        literal = quoted if quoted is not None else escaped
        if literal is not None:
            found.append(("", literal))
        elif sign is not None:
            is_literal = sign in " -()+:" or not sign.isascii()
            found.append(("", sign) if is_literal else (sign, ""))
    return found


def _plain(number: Decimal) -> str:
    """Without an exponent; as exact as a program shows it."""
    if number == number.to_integral_value():
        return format(number.to_integral_value(), "f")
    return format(round(number, 9).normalize(), "f")


def _date(number: Decimal, *, is_day: bool, since_1904: bool) -> str:
    """As dates are written here, whatever the format."""
    first = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)
    try:
        when = first + timedelta(days=float(number))
    except OverflowError:
        return _plain(number)
    time = "" if number == number.to_integral_value() and is_day else f"{when:%H:%M:%S}"
    return f"{when:%d/%m/%Y} {time}".strip() if is_day else time


def _laid_out(number: Decimal, pieces: list[tuple[str, str]], signs: str) -> str:
    """Its digits from the right into their places; those left over stand before the first place."""
    before, _point, after = signs.partition(".")
    places = [sign for sign in before if sign in _PLACES]
    decimals = sum(sign in _PLACES for sign in after)
    rounded = abs(number).quantize(Decimal(1).scaleb(-min(decimals, _MOST_DECIMALS)), ROUND_HALF_UP)
    digits, _point, rest = format(rounded, "f").partition(".")
    digits = digits.zfill(len(places) - places.index("0") if "0" in places else 1)
    sign = "-" if pieces[0] == ("", "-") else ""
    tail = (f".{rest}" if rest else "") + ("%" if "%" in signs else "")
    if "," in before.rstrip(","):
        digits = re.sub(r"(?<=\d)(?=(\d{3})+$)", ",", digits)
        return sign + digits + tail
    return _among_literals(digits, pieces, len(places)) + tail


def _among_literals(digits: str, pieces: list[tuple[str, str]], places: int) -> str:
    out: list[str] = []
    end = len(digits)
    left = places
    is_behind = "." in "".join(sign for sign, _literal in pieces)
    for sign, literal in reversed(pieces):
        if sign == ".":
            is_behind = False
        elif is_behind:
            continue
        elif sign and sign in _PLACES:
            left -= 1
            start = 0 if left == 0 else max(end - 1, 0)
            out.append(digits[start:end])
            end = start
        else:
            out.append(literal)
    return "".join(reversed(out))
