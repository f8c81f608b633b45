"""What people type to name a case, a telephone, a mailbox, a taxpayer: read as they write and paste it.

Everything is read from its *plain* form; what is returned is canonical, or as near to the typing as can be
when it is none, so that whoever validates it still refuses it.
"""

from __future__ import annotations

import re
import string
import unicodedata
from functools import lru_cache
from typing import Final

from pakn_portal.text.folding import fold, fold_aligned
from pakn_portal.text.normalize import normalize

#: Longer input is cut before anything is done with it: no identifier is as long.
LONGEST: Final = 400
#: What looks like a dash and is none to Unicode: minus, overline of keyboards, box drawing.
_MORE_DASHES: Final = frozenset("\u2212\u2043\u02d7\u2500\u2501\uff70\u30fc")
_DIGIT_TWINS: Final = str.maketrans({"O": "0", "o": "0", "I": "1", "i": "1", "l": "1", "L": "1"})

#: Cyrillic letters that look like Latin ones, in small: a keyboard that was left in the other alphabet.
_LATIN_TWINS: Final = str.maketrans("авеікмнорсѕтухј", "abeikmhopcstyxj")

_LABEL_OF_NUMBER: Final = r"(?:(?:so|ma|ho so|ma so|vu viec|case|no)[\s.:#]*)*"
#: Stands in the place of a number, as the labels of personal data do.
_LABEL_INSTEAD: Final = "[mã hồ sơ]"
_BETWEEN: Final = r"[\s\-./_]*"
_LABEL_OF_PHONE = re.compile(
    r"^\s*(?:số|so|đt|dt|sđt|sdt|tel|điện thoại|dien thoai|phone|di động)[\s.:]*", re.I
)
_BEFORE_EXTENSION: Final = (
    r"máy lẻ|may le|số lẻ|so le|máy nhánh|nhánh|nhanh|ext(?:ension|n)?|x|#|(?<=[\d\s]\()"
)
_EXTENSION = re.compile(rf"[\s,;(]*(?:{_BEFORE_EXTENSION})[\s.:=]*(\d{{1,5}})[\s)]*$", re.I)
_PUNCTUATION: Final = re.compile(r"[\s.()/\-_]+")
#: The way out of one's country and the country's own code, with the 0 that is dialled at home only.
_VIETNAM: Final = re.compile(r"^(?:\+84|0084|84(?=0?[35789]\d{8}$|0?2\d{9}$))0?")
_LABEL_OF_TAX_CODE = re.compile(r"^\s*(?:mst|mã số thuế|ma so thue|mã số doanh nghiệp)[\s.:]*", re.I)
_TAX_CODE: Final = re.compile(r"(\d{10})[-/]?(\d{3})")
#: What people say of a telephone beside its figures; `O` and `l` may be figures themselves.
_WORDS_OF_PHONE: Final = (
    re.compile(r"\([^()\d]*\)"),
    re.compile(r"^(?:(?![OoIlL]+\b)[^\W\d_]{2,}[\s.,:\-]+)+"),
    re.compile(r"[\s,(\-]+(?![OoIlL]+\b)[^\W\d_]{2,}\D*$"),
)
_BETWEEN_PHONES: Final = re.compile(r"\s*(?:[/;,|&]|\b(?:hoặc|hoac|và|va|or|and)\b)\s*", re.I)
#: A mobile number whose 0 a spreadsheet has dropped.
_WITHOUT_ZERO: Final = re.compile(r"[35789]\d{8}")
_LABEL_OF_MAIL = re.compile(r"^(?:mailto|e-?mail|thư điện tử)\s*:\s*", re.I)
_IN_BRACKETS: Final = re.compile(r"[<(\[]([^<>()\[\]@\s]+\s*@[^<>()\[\]@]+)[>)\]]")
_MAIL: Final = re.compile(r"[^\s<>()\[\]{},;:\"“”‘’«»]+@[^\s@<>()\[\]{},;:\"“”‘’«»]+")
#: With words behind it, or before it and parted by a sign: in `tran an@x.vn` the name may be both.
_MAIL_ALONE: Final = re.compile(rf"(?:^|[:;<(\[“]\s*)({_MAIL.pattern})(?!\s*\.)")
_AROUND_MAIL: Final = " \t\n.,;:<>()[]{}\"'`“”‘’«»"


def plain(typed: str) -> str:
    """One line: compatibility letters as usual ones, every dash a hyphen, every digit ASCII, every blank a
    space, nothing invisible.
    """
    shown = unicodedata.normalize("NFKC", normalize(typed[:LONGEST]))
    return " ".join("".join(map(_plain_character, shown)).split())


def _plain_character(char: str) -> str:
    if unicodedata.category(char) == "Pd" or char in _MORE_DASHES:
        return "-"
    digit = unicodedata.decimal(char, None)
    return char if digit is None else str(digit)


def digits_for_letters(text: str) -> str:
    """O for 0, I and L for 1: for what is known to be figures."""
    return text.translate(_DIGIT_TWINS)


def read_case_number(typed: str, number_format: str) -> str:
    """The case number in the format of CASE_NUMBER_FORMAT: “số pakn 2026 39” is PAKN-2026-000039.

    Words before it, other separators, missing zeros, O for 0 and I for 1 are forgiven, and the letters may be
    left out where year and number are parted. Around a number with its letters anything may stand, such as
    the subject of a mail. Empty when it is none, or when there are two.
    """
    if found := find_case_numbers(typed, number_format):
        return found[0] if len(found) == 1 else ""
    pattern = _case_number_pattern(number_format)
    match = pattern.fullmatch(_latin(fold(plain(typed)))) if pattern else None
    return _numbered(number_format, match) if match else ""


def find_case_numbers(typed: str, number_format: str) -> list[str]:
    """Those that stand in a text with their letters, each once."""
    pattern = _case_number_within(number_format)
    matches = pattern.finditer(_latin(fold(plain(typed)))) if pattern else ()
    return list(dict.fromkeys(_numbered(number_format, match) for match in matches))


def without_case_numbers(typed: str, number_format: str) -> str:
    """The plain text of what stands beside them."""
    text, pattern = plain(typed), _case_number_within(number_format)
    spans = [match.span() for match in pattern.finditer(_latin(fold_aligned(text)))] if pattern else []
    for start, end in reversed(spans):
        text = f"{text[:start]} {text[end:]}"
    return text


def mask_case_numbers(text: str, number_format: str) -> str:
    """The text, its lines as they are, with a label for each case number that has its letters."""
    text, pattern = normalize(text), _case_number_within(number_format)
    if pattern is None:
        return text
    alike = _latin(fold_aligned("".join(map(_plain_character, text))))
    for start, end in reversed([match.span() for match in pattern.finditer(alike)]):
        text = f"{text[:start]}{_LABEL_INSTEAD}{text[end:]}"
    return text


def _numbered(number_format: str, match: re.Match[str]) -> str:
    found = {name.rstrip("_"): int(value) for name, value in match.groupdict().items() if value}
    return number_format.format(**found)


def _latin(folded: str) -> str:
    return digits_for_letters(latin_twins(folded))


def latin_twins(text: str) -> str:
    """Small Cyrillic letters as the Latin ones that they look like."""
    return text.translate(_LATIN_TWINS)


@lru_cache(maxsize=8)
def _case_number_pattern(number_format: str) -> re.Pattern[str] | None:
    """None for a format that is more than letters, a year and a number: those are typed as they are."""
    if (parts := _parts_of(number_format)) is None:
        return None
    whole, bare, _has_letters = parts
    label = digits_for_letters(_LABEL_OF_NUMBER)
    return re.compile(rf"(?:(?:.*[^\w\-/.])?{whole}|{label}{bare})[\s.,;:]*")


@lru_cache(maxsize=8)
def _case_number_within(number_format: str) -> re.Pattern[str] | None:
    """None also for a format without letters: in a text it could be any number."""
    parts = _parts_of(number_format)
    if parts is None or not parts[2]:
        return None
    return re.compile(rf"(?<![\w\-/.]){parts[0]}(?![\-./_]*\w)")


def _parts_of(number_format: str) -> tuple[str, str, bool] | None:
    """Patterns of the whole number and of one without its letters, and whether it has any."""
    try:
        pieces = list(string.Formatter().parse(number_format))
    except ValueError:
        return None
    names = [name for _literal, name, _spec, _conversion in pieces if name is not None]
    if sorted(names) != ["sequence", "year"]:
        return None
    whole, bare, has_letters = "", "", False
    for literal, name, _spec, _conversion in pieces:
        words = re.findall(r"[^\W_]+", digits_for_letters(fold(literal)))
        has_letters = has_letters or any(char.isalpha() for char in literal)
        whole += _BETWEEN.join(["", *map(re.escape, words), ""]) if literal else ""
        if name is not None:
            figures = r"\d{4}" if name == "year" else r"\d{1,9}"
            whole += f"(?P<{name}>{figures})"
            bare += ("" if not bare else r"[\s\-./_]+") + f"(?P<{name}_>{figures})"
    return whole, bare, has_letters


def read_phone(typed: str) -> str:
    """As dialled in the country (0912345678), +… from abroad, an extension after an x (02438269999x12)."""
    found = _phones_in(typed)
    return found.pop() if len(found) == 1 else _read_phone(typed)


def _read_phone(typed: str) -> str:
    text = _LABEL_OF_PHONE.sub("", plain(typed))
    extension = _EXTENSION.search(text)
    number = text[: extension.start()] if extension else text
    for words in _WORDS_OF_PHONE:
        number = words.sub("", number)
    if number.lstrip().startswith(("+", "00")):
        number = re.sub(r"\(\s*0\s*\)", "", number)
    number = _PUNCTUATION.sub("", number)
    if re.search(r"\d", number):
        number = digits_for_letters(number)
    number = _VIETNAM.sub("0", number)
    number = re.sub(r"^00(?=[1-9]\d{7,14}$)", "+", number)
    number = f"0{number}" if _WITHOUT_ZERO.fullmatch(number) else number
    return f"{number}x{extension[1]}" if extension else number


def has_two_phones(typed: str) -> bool:
    """Whether two different ones stand there, of which nobody can say which is meant."""
    return len(_phones_in(typed)) > 1


def _phones_in(typed: str) -> set[str]:
    """Several, each a whole number; empty where anything else stands among them."""
    parts = _BETWEEN_PHONES.split(plain(typed))
    read = {_read_phone(part) for part in parts} if len(parts) > 1 else set()
    return read if all(re.fullmatch(r"\+?\d{9,15}(x\d+)?", part) for part in read) else set()


def show_phone(stored: str, *, extension_word: str = "x") -> str:
    """As usually written: 0912 345 678, 024 3826 9999 (x 12)."""
    number, _x, extension = stored.partition("x")
    if re.fullmatch(r"0[35789]\d{8}", number):
        number = f"{number[:4]} {number[4:7]} {number[7:]}"
    elif re.fullmatch(r"02[48]\d{8}", number):
        number = f"{number[:3]} {number[3:7]} {number[7:]}"
    elif re.fullmatch(r"02\d{9}", number):
        number = f"{number[:4]} {number[4:7]} {number[7:]}"
    return f"{number} ({extension_word} {extension})" if extension else number


def read_tax_code(typed: str) -> str:
    """10 or 12 digits, or 10 with the three of a branch after a hyphen."""
    text = _LABEL_OF_TAX_CODE.sub("", plain(typed))
    text = re.sub(r"[\s.]+", "", text).strip(",;:")
    if re.search(r"\d", text):
        text = digits_for_letters(text)
    branch = _TAX_CODE.fullmatch(text)
    return f"{branch[1]}-{branch[2]}" if branch else text


def read_email(typed: str) -> str:
    """The address alone, out of `An <an@x.vn>`, `mailto:an@x.vn` or “an@x.vn.”; its domain in small."""
    if re.search(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]", typed.strip()):
        return typed
    text = plain(typed)
    named = _IN_BRACKETS.findall(text)
    if len(named) == 1:
        text = named[0]
    text = _LABEL_OF_MAIL.sub("", text.strip(_AROUND_MAIL)).partition("?")[0].strip(_AROUND_MAIL)
    text = re.sub(r"\s*@\s*", "@", text)
    found = _MAIL.findall(text)
    if len(set(found)) == 1 and (alone := _MAIL_ALONE.search(text)):
        text = alone[1].strip(_AROUND_MAIL)
    name, at, domain = text.rpartition("@")
    return f"{name}{at}{domain.lower().replace('。', '.')}"
