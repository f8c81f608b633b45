"""Personal numbers in text: telephone, identity card, tax code, bank account, social insurance.

Most of them are nothing but ten or twelve digits, so the words before decide the kind, and the nearest words
win. Sums of money, dates and numbers of documents have digits too and must stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from pakn_portal.text.identifiers import read_phone
from pakn_portal.text.personal.view import HIDDEN, FindCandidate, View

GAP: Final = "[ \\t\u00a0.\\-–'’]{0,2}"
_PHONE_GAP: Final = "[ \\t\u00a0.\\-–'’()]{0,3}"
_LEFT: Final = f"(?<![0-9{HIDDEN}])(?<![0-9{HIDDEN}][.,])"
_RIGHT: Final = f"(?![0-9{HIDDEN}])"
_NO_LETTER_BEFORE: Final = "(?<![a-z])"

_SUM_OF_MONEY = re.compile(
    r"[ \u00a0]?(?:d|dong|vnd|vn dong|usd|trieu|ty|ti|nghin|ngan(?! hang)|tr|k|%)(?![a-z0-9])"
)
_THOUSANDS = re.compile("[0-9]{1,3}(?:[.'’][0-9]{3}){1,2}")
_PRICE = re.compile(r"(?<![a-z])(?:gia|tien|phi|cuoc|luong|muc|tong)(?![a-z])[^0-9.,;\n]{0,12}\Z")
_UNSURE: Final = 1000


def digits(count: str, gap: str = GAP) -> str:
    """Pattern of so many digits (``"9"``, ``"5,18"``) after a first one, perhaps with something between."""
    return f"[0-9](?:{gap}[0-9]){{{count}}}"


class _Rule(NamedTuple):
    """A pattern over folded text whose group is the number; ``is_right`` looks at the number once more."""

    kind: str
    pattern: re.Pattern[str]
    is_right: Callable[[str], bool]


def _any_number(number: str) -> bool:
    return True


def _is_no_date(number: str) -> bool:
    """05.12.2022 or 12 2022 06 is no number of a person, though it has digits enough."""
    groups = re.findall("[0-9]+", number)
    years = [index for index, group in enumerate(groups) if re.fullmatch("(?:19|20)[0-9]{2}", group)]
    return not any(0 < year <= 2 and all(len(group) <= 2 for group in groups[:year]) for year in years)


#: The nought that people leave between the country's code and the number: +84 (0) 93…, +84.0.392…
_NOUGHT_AFTER_CODE = re.compile("(?<=84)[^0-9]{0,3}0(?=[^0-9])")
#: A landline whose seven or eight digits stand as 3 847 516: the first of them alone, the rest in threes.
_LANDLINE_IN_THREES = re.compile(
    "[^0-9]{0,2}(?:(?:00)?[^0-9]{0,3}84[^0-9]{1,3}[2-8][0-9]{0,2}|0[2-8][0-9]{0,2})"
    "[^0-9]{1,3}[0-9][^0-9]{1,3}[0-9]{3}[^0-9]{0,3}[0-9]{3,4}"
)


def _is_phone(number: str) -> bool:
    """A telephone number is grouped in groups of two and more, or all its digits stand apart."""
    number = _NOUGHT_AFTER_CODE.sub("", number)
    groups = re.findall("[0-9]+", number)
    singles = sum(len(group) == 1 for group in groups[1:])
    is_grouped = (
        singles == 0 or singles >= len(groups) - 2 or _LANDLINE_IN_THREES.fullmatch(number) is not None
    )
    return is_grouped and _is_no_date(number)


def _is_oddly_spelt(number: str) -> bool:
    """0912/345/678, 0912_345_678, 0*9*1*…: few long groups or all digits apart, for lists have commas too."""
    groups, gaps = re.findall("[0-9]+", number), re.findall("[^0-9]+", number)
    if not _is_no_date(number) or re.search("[0-9]{1,2}/[0-9]{1,2}/", number):
        return False
    if all(len(group) == 1 for group in groups):
        return len(set(gaps)) == 1
    if len(groups) == 5 and all(len(group) == 2 for group in groups):
        return len(set(gaps)) == 1 and gaps[0] in ("*", "_", "~", "|", "·", "•")
    return (
        len(groups) <= 4
        and len(groups[0].removeprefix("84")) >= 3 - number.startswith("+")
        and min(map(len, groups)) >= 2
    )


def _is_account(number: str) -> bool:
    """Not a date, and not written like a sum of money (1.500.000)."""
    groups = re.findall("[0-9]+", number)
    is_sum = (
        re.search("[.'’]", number) is not None
        and len(groups) > 1
        and all(len(group) == 3 for group in groups[1:])
    )
    return _is_no_date(number) and not (is_sum and not number.startswith("0"))


def _after(
    kind: str, words: str, distance: int, number: str, is_right: Callable[[str], bool] = _is_no_date
) -> _Rule:
    filler = f"[^0-9\n{HIDDEN}]{{0,{distance}}}?"
    return _Rule(kind, re.compile(f"(?<![a-z])(?:{words}){filler}({_LEFT}{number}){_RIGHT}"), is_right)


def _anywhere(kind: str, number: str, is_right: Callable[[str], bool] = _any_number) -> _Rule:
    return _Rule(kind, re.compile(f"({_LEFT}{number}){_RIGHT}"), is_right)


_BANKS: Final = (
    "vietcombank|vcb|techcombank|agribank|bidv|vietinbank|mbbank|mb bank|acb|sacombank|vpbank|tpbank|vib|shb|"
    "hdbank|msb|ocb|seabank|lpbank|eximbank|ngan hang"
)
_ZERO: Final = f"\\(?(?:\\+{_PHONE_GAP}84|00{_PHONE_GAP}84|84|0){_PHONE_GAP}(?:\\(?0\\)?{_PHONE_GAP})?"

_ODD_GAP: Final = f"[^a-z0-9@%<>{HIDDEN}]{{0,3}}"

#: words, then a number: the words tell the kind
_WITH_WORDS: Final = (
    _after("phone", "s?dt|so dien thoai|dien thoai|di dong|sdd|hotline|tel|phone|mobile|zalo|viber|fax", 20,
           f"\\(?[+0]{_PHONE_GAP}" + digits("6,11", _PHONE_GAP), _is_phone),
    _after("phone", "(?:may|dien thoai|dt|so) (?:ban|co dinh|nha)|dien thoai|s?dt|tel", 15,
           f"[2-9](?:{GAP}[0-9]){{6,7}}", _is_phone),
    _after("id_number", "cmnd|cmtnd|cmt|cccd|can cuoc(?: cong dan)?|chung minh(?: nhan dan| thu)?|dinh danh",
           30, f"(?:{digits('11')}|{digits('8')})"),
    _after("id_number", "gplx|(?:giay phep lai xe|bang lai(?: xe)?)(?: hang [a-f][0-9e]?)?", 20,
           digits("11")),
    _after("id_number", "ho chieu|passport|giay thong hanh|the (?:thuong|tam) tru", 20,
           "[a-z]{1,2}" + GAP + digits("6,7")),
    _after("id_number", "ma (?:khach hang|kh)", 30, "(?:[a-z]{2})?" + GAP + digits("7,12")),
    _after("tax_code", "mst|ma so thue|ma thue|ma so doanh nghiep|ma so dn", 30,
           f"(?:{digits('9')}(?:{GAP}[0-9]{{3}})?|{digits('11')})"),
    _after("insurance_number", "bhxh|bao hiem (?:xa hoi|y te)|bhyt|ma so bh|so bh|so so|so bao hiem|ma the",
           30, digits("9")),
    _after("bank_account", f"so tai khoan|tai khoan|stk|so tk|tk|{_BANKS}", 60, digits("5,18"), _is_account),
    _after("bank_account", "so tai khoan|tai khoan|stk|so tk|tk", 60,
           f"[0-9]{{2,4}}[a-z]{{1,2}}{GAP}{digits('5,11')}", _is_account),
    _after("bank_account", "so the|the (?:atm|visa|mastercard|napas|ghi no|tin dung|ngan hang)", 30,
           digits("12,18"), _is_account),
    _after("bank_account", "(?:so|the) tiet kiem", 20, "(?:[a-z]{1,3})?" + GAP + digits("5,14"), _is_account),
)  # fmt: skip

#: a number, then words
_BEFORE_WORDS: Final = _Rule(
    "bank_account",
    re.compile(f"{_NO_LETTER_BEFORE}({_LEFT}{digits('7,18')}){_RIGHT}[^0-9\n{HIDDEN}]{{0,15}}?(?:{_BANKS})"),
    _is_account,
)

#: numbers that speak for themselves
_BY_ITSELF: Final = (
    _anywhere("phone", f"{_ZERO}[35789](?:{_PHONE_GAP}[0-9]){{8}}", _is_phone),
    _anywhere("phone", f"{_ZERO}2(?:{_PHONE_GAP}[0-9]){{9}}", _is_phone),
    _anywhere("phone", f"(?:\\+{_ODD_GAP}84|0){_ODD_GAP}[35789](?:{_ODD_GAP}[0-9]){{8}}", _is_oddly_spelt),
    _anywhere("phone", f"\\(0[2-8][0-9]{{0,2}}\\){_PHONE_GAP}{digits('5,7', _PHONE_GAP)}", _is_phone),
    _anywhere("phone", f"{_NO_LETTER_BEFORE}01[2689][0-9]{{8}}"),
    _anywhere("phone", f"{_NO_LETTER_BEFORE}0[0-9]{{9}}"),
    _anywhere("id_number", f"{_NO_LETTER_BEFORE}0[0-9]{{2}}(?:[ .\\-][0-9]{{3}}){{2,3}}"),
    _anywhere("id_number", f"{_NO_LETTER_BEFORE}0{GAP}{digits('10')}", _is_phone),
    _anywhere("id_number", f"{_NO_LETTER_BEFORE}(?:[0-9]{{12}}|[0-9]{{9}})"),
    _anywhere("tax_code", f"{_NO_LETTER_BEFORE}[0-9]{{10}}(?: ?- ?[0-9]{{3}})?"),
    _anywhere("bank_account", f"{_NO_LETTER_BEFORE}(?:[0-9]{{13,19}}|[0-9]{{4}}(?:[ .\\-][0-9]{{4}}){{3}}"
              "(?:[ .\\-][0-9]{3})?)"),
    _anywhere("insurance_number", f"{_NO_LETTER_BEFORE}[a-z]{{2}}[ .\\-]?[1-5]{GAP}{digits('11')}"),
)  # fmt: skip

#: As dialled in the country: landlines (of before 2017, too), those without their area's code, services.
_OFFICE_LINE: Final = re.compile(r"0[246][0-9]{8,9}|[2-9][0-9]{6,7}|1[89]00[0-9]{4,6}")


def is_office_line(number: str) -> bool:
    """Whether a telephone number is a landline or a service's (1900…): an office's, perhaps, or a home's."""
    return _OFFICE_LINE.fullmatch(read_phone(number).partition("x")[0]) is not None


# Ten digit words in a row, the first of them nought: a telephone number spelt out.
_DIGIT_WORD: Final = "(?:khong|mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin)"
_SPELT_OUT = re.compile(
    f"(?<![a-z0-9])(?:khong|0)(?:[ ,.\\-]{{1,2}}(?:{_DIGIT_WORD}|[0-9])){{9}}(?![a-z0-9])"
)


def find_numbers(view: View) -> Iterator[FindCandidate]:
    """Everything in the text that looks like the number of a person."""
    for rule in (*_WITH_WORDS, _BEFORE_WORDS):
        yield from _matches(rule, view.folded, has_words=True)
    for rule in _BY_ITSELF:
        yield from _matches(rule, view.folded, has_words=False)
    for match in _SPELT_OUT.finditer(view.folded):
        if len(re.findall("[a-z]+", match[0])) >= 4:
            yield FindCandidate(*match.span(), "phone", _UNSURE)


#: What ends the words of an account: what reads as a telephone behind it is one.
_CALL = re.compile("[.;!?]|(?<![a-z])(?:goi|alo|lien he|lien lac|nhan tin)(?![a-z])")
_MOBILE = re.compile(f"{_ZERO}[35789](?:{_PHONE_GAP}[0-9]){{8}}")


def _is_to_be_called(words: str, number: str) -> bool:
    """Whether the number behind these words of an account is a telephone's, which is found by itself."""
    return _MOBILE.fullmatch(number) is not None and _is_phone(number) and _CALL.search(words) is not None


def _matches(rule: _Rule, folded: str, *, has_words: bool) -> Iterator[FindCandidate]:
    for match in rule.pattern.finditer(folded):
        number = match[1]
        if not rule.is_right(number) or _is_money(folded, *match.span(1)):
            continue
        words = folded[match.start() : match.start(1)]
        if rule.kind == "bank_account" and _is_to_be_called(words, number):
            continue
        doubt = len(match[0]) - len(number) if has_words else _UNSURE
        yield FindCandidate(match.start(1), match.end(1), rule.kind, doubt)


def _is_money(folded: str, start: int, end: int) -> bool:
    """A sum has its unit behind it, or thousands parted by dots and its price before it."""
    if folded[start] not in "123456789":
        return False
    is_in_thousands = _THOUSANDS.fullmatch(folded, start, end) is not None
    return _SUM_OF_MONEY.match(folded, end) is not None or (
        is_in_thousands and _PRICE.search(folded[max(0, start - 16) : start]) is not None
    )
