"""A number beside a kind of document: `nghị định 176`, `nd 176`, `luật số 45`, `QĐ 1764`, `thông tư 12/2022`.

People leave out the year and the issuer; the mention says which document numbers may be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from pakn_portal.text.documents.codes import FOLDED_ISSUERS
from pakn_portal.text.documents.numbers import padded

#: Kinds as they are written out or shortened, folded → codes in their numbers. A longer name goes first.
_KINDS: Final[dict[tuple[str, ...], tuple[str, ...]]] = {
    ("thong", "tu", "lien", "tich"): ("ttlt", "ttlb"),
    ("van", "ban", "hop", "nhat"): ("vbhn",),
    ("bo", "luat"): ("qh",),
    ("chi", "thi"): ("ct",),
    ("cong", "van"): ("",),
    ("nghi", "dinh"): ("nd",),
    ("nghi", "quyet"): ("nq", "qh", "ubtvqh"),
    ("phap", "lenh"): ("pl", "ubtvqh"),
    ("quyet", "dinh"): ("qd",),
    ("thong", "tu"): ("tt",),
    ("luat",): ("qh",),
    ("ct",): ("ct",),
    ("cv",): ("",),
    ("nd",): ("nd",),
    ("nq",): ("nq", "qh", "ubtvqh"),
    ("pl",): ("pl", "ubtvqh"),
    ("qd",): ("qd",),
    ("tt",): ("tt",),
    ("ttlt",): ("ttlt", "ttlb"),
    ("vbhn",): ("vbhn",),
}
_LONGEST_NAME: Final = max(map(len, _KINDS))
_PARLIAMENT: Final = ("qh", "ubtvqh")
#: The National Assembly's terms, by the year they began.
_TERMS: Final = {
    1987: 8, 1992: 9, 1997: 10, 2002: 11, 2007: 12, 2011: 13, 2016: 14, 2021: 15, 2026: 16, 2031: 17,
}  # fmt: skip
_FIRST_YEAR: Final = 1945
_GLUED: Final = re.compile("([a-z]{2,4})([0-9]{1,6}[a-z]?)")
_NUMBER: Final = re.compile("[0-9]{1,6}[a-z]?")
_YEAR: Final = re.compile("(?:19|20)[0-9]{2}")


class Mention(NamedTuple):
    """Tokens `start` to `end` name a document. Any of `keys` is one that may be meant, and so is whatever
    begins with any of `starts`.
    """

    start: int
    end: int
    keys: tuple[str, ...]
    starts: tuple[str, ...]


def document_mentions(tokens: Sequence[str], last_year: int) -> list[Mention]:
    """Those in a line of folded syllables, none overlapping. Numbers that are entire are mentions, too."""
    found: list[Mention] = []
    tokens = list(tokens)
    for at, token in enumerate(tokens):
        mention = _at(tokens, at, last_year) if token[:1].isdigit() or _GLUED.fullmatch(token) else None
        if mention and (not found or mention.start >= found[-1].end):
            found.append(mention)
    return found


def _at(tokens: list[str], at: int, last_year: int) -> Mention | None:
    if "_" in tokens[at]:
        return _entire(tokens, at, last_year)
    glued = _GLUED.fullmatch(tokens[at])
    number = glued[2] if glued else tokens[at]
    if not _NUMBER.fullmatch(number):
        return None
    start, codes = _kind_before([*tokens[:at], glued[1]], at + 1) if glued else _kind_before(tokens, at)
    end = at + 1
    if not codes and (codes := _KINDS.get(tuple(tokens[end : end + 1]), ())):
        end += 1
    if not codes or (_YEAR.fullmatch(number) and "so" not in tokens[start:at]):
        return None  # `luật 2019` tells a year
    after = end + (tokens[end : end + 1] == ["nam"])
    if after < len(tokens) and _YEAR.fullmatch(tokens[after]):
        return Mention(start, after + 1, *_meant(number, codes, [int(tokens[after])]))
    return Mention(start, end, *_meant(number, codes, range(_FIRST_YEAR, last_year + 1), is_lone=True))


def _entire(tokens: list[str], at: int, last_year: int) -> Mention:
    """A number with its kind; `176/NĐ-CP` may lack the year alone."""
    start = _kind_before(tokens, at)[0]
    number, *rest = tokens[at].split("_")
    years = range(_FIRST_YEAR, last_year + 1) if rest and not rest[0].isdigit() else ()
    keys = (tokens[at], *(f"{number}_{year}_{'_'.join(rest)}" for year in years))
    return Mention(start, at + 1, keys, ())


def _kind_before(tokens: list[str], at: int) -> tuple[int, tuple[str, ...]]:
    """Where the name of the kind begins, and its codes; `at` and none where there is no such name."""
    end = at - (tokens[at - 1 : at] == ["so"])
    for after in (end, end - 1):
        if after < end and tokens[after : after + 1] and tokens[after] not in FOLDED_ISSUERS:
            break  # an issuer may stand between: `NĐ-CP 176`
        for size in range(min(_LONGEST_NAME, after), 0, -1):
            if codes := _KINDS.get(tuple(tokens[after - size : after])):
                return after - size, codes
    return at, ()


def _meant(
    number: str, codes: tuple[str, ...], years: Sequence[int], *, is_lone: bool = False
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    given = padded(number).lower()
    keys = tuple(f"{given}_{year}_{code}" for year in years for code in _codes(codes, year))
    return keys, tuple(f"{given}_{code}" if code else f"{given}_" for code in codes) if is_lone else ()


def _codes(codes: tuple[str, ...], year: int) -> Iterator[str]:
    """The National Assembly's numbers name its term; in a year of election there are two."""
    terms = [term for began, term in _TERMS.items() if began <= year <= began + 5]
    for code in codes:
        if code in _PARLIAMENT:
            yield from (f"{code}{term}" for term in terms)
        elif code:
            yield code
