"""Numbers of official documents and of cases, found however they are typed.

``15/2025/TT-BLĐTBXH``, ``15/2025/tt-bldtbxh``, ``15 / 2025 / TT - BLĐTBXH``, ``15/2025/TT BLĐTBXH`` and
``15-2025-TT-BLDTBXH`` are the same number. A date (05/03/2026) is none, nor is a number that does not say its
kind (158/2025).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from pakn_portal.text.alignment import align
from pakn_portal.text.documents.codes import (
    FOLDED_ISSUERS,
    FOLDED_KINDS,
    FOLDED_LONE_ISSUERS,
    FOLDED_PARTY_ISSUERS,
    SPELLINGS,
)
from pakn_portal.text.folding import fold, fold_aligned
from pakn_portal.text.normalize import normalize

_JOINT: Final = r"[\s/_.\-‐‑–—−]{1,3}"
_START: Final = r"(?<![0-9/])(?<![0-9][.,])"
_HEAD = re.compile(rf"{_START}([0-9]{{1,6}}[a-z]?)({_JOINT})(?:((?:19|20)[0-9]{{2}})({_JOINT}))?(?=[a-z])")
_CODE = re.compile(r"[a-z]{1,14}(?:\s?(?:&amp;|&)\s?[a-z]{1,8})?(?![a-z0-9])")
_ASSEMBLY = re.compile(r"(?:ub)?(?:tv)?qh\s?[0-9]{1,2}(?![a-z0-9])|ubtvqh(?![a-z0-9])")
_SEPARATOR = re.compile(_JOINT)
_CASE = re.compile(r"(?<![a-z0-9])pakn[\s\-‐‑–—−_/]{0,3}(20[0-9]{2})[\s\-‐‑–—−_/]{1,3}([0-9]{1,8})(?![0-9])")
_NOT_IN_CODE = re.compile(r"[^A-Za-zĐđÐðƯư0-9]")
_MOST_CODES: Final = 7
_GLUED = re.compile("([a-z]{2,6})([0-9]{1,6})")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
#: The kinds that people write out, folded.
_KIND_NAMES: Final = {
    "chi thi": "ct",
    "cong van": "cv",
    "nghi dinh": "nd",
    "nghi quyet": "nq",
    "quyet dinh": "qd",
    "thong tu": "tt",
}


class NumberSpan(NamedTuple):
    """A document number in canonical spelling and where it stands."""

    start: int
    end: int
    number: str


class _Code(NamedTuple):
    folded: str
    raw: str
    separator: str
    end: int


class _Head(NamedTuple):
    number: str
    year: str | None
    joint: str
    has_slashes: bool


def document_numbers(text: str) -> list[str]:
    """Canonical spelling of each number in the text, in order of first appearance, each once."""
    return list(dict.fromkeys(span.number for span in spans_in(normalize(text))))


def document_number_spans(text: str) -> list[NumberSpan]:
    """Each number with its offsets in the text as given."""
    aligned = align(text)
    return [NumberSpan(*aligned.span(start, end), number) for start, end, number in spans_in(aligned.clean)]


def document_number_key(number: str) -> str:
    """One token, equal for all spellings: ``15_2025_tt_bldtbxh``.

    Text that is no document number is folded and joined.
    """
    found = document_numbers(number)
    return key_of(found[0] if found else number)


def key_of(canonical: str) -> str:
    """:func:`document_number_key` of a number whose spelling is canonical already."""
    return "_".join(re.findall("[a-z0-9]+", fold(canonical)))


def document_number_prefixes(key: str) -> list[str]:
    """What people type who leave out the end: ``15_2025_tt_bldtbxh`` → ``15_2025``, ``15_2025_tt``.

    The first looks like the syllable pair of ``15/2025``, so an index that has these finds such a query.
    """
    parts = key.split("_")
    shortest = 2 if len(parts) > 2 and parts[1].isdigit() else len(parts)
    return ["_".join(parts[:count]) for count in range(shortest, len(parts))]


def begun_document_numbers(tokens: Sequence[str]) -> list[str]:
    """Beginnings of keys that folded syllables name: ``15_2021_nd`` for ``15 2021 nd``, ``nd 15 2021``,
    ``nd15 2021`` and ``nghi dinh so 15 nam 2021``.
    """
    return [key for at, one in enumerate(tokens) if one[-1:].isdigit() for key in _begun_at(tokens, at)]


def _begun_at(tokens: Sequence[str], at: int) -> Iterator[str]:
    """A number with its year at this place, and the kind of document after or before it."""
    glued = _GLUED.fullmatch(tokens[at])
    number = glued[2] if glued else tokens[at]
    rest = [one for one in tokens[at + 1 : at + 4] if one != "nam"]
    if not (number.isdecimal() and len(number) < 7 and rest and _YEAR.fullmatch(rest[0])):
        return
    before = [one for one in tokens[max(0, at - 3) : at] if one != "so"]
    kinds = [glued[1] if glued else "", *rest[1:2], *before[-1:], _KIND_NAMES.get(" ".join(before[-2:]), "")]
    kind = next((one for one in kinds if one in FOLDED_KINDS and len(one) > 1), "")
    if kind:
        start = f"{padded(number)}_{rest[0]}"
        yield from (start, f"{start}_{kind}")


def spans_in(clean: str) -> list[NumberSpan]:
    """Each number in normalized text. Linear: what is tried at one place is of limited length."""
    folded = fold_aligned(clean)
    return sorted((*_case_numbers(folded), *_official_numbers(clean, folded)))


def _case_numbers(folded: str) -> Iterator[NumberSpan]:
    for match in _CASE.finditer(folded):
        yield NumberSpan(match.start(), match.end(), f"PAKN-{match[1]}-{int(match[2]):06d}")


def _official_numbers(clean: str, folded: str) -> Iterator[NumberSpan]:
    for match in _HEAD.finditer(folded):
        number, joint, year, year_joint = match.groups()
        has_slashes = "/" in joint and (year is None or "/" in year_joint)
        head = _Head(number, year, joint, has_slashes)
        parliament = _ASSEMBLY.match(folded, match.end()) if year else None
        if parliament:
            code = re.sub(r"\s", "", parliament[0]).upper()
            yield NumberSpan(match.start(), parliament.end(), f"{padded(number)}/{year}/{code}")
            continue
        codes = _accepted(head, list(_codes(clean, folded, match.end())))
        if codes:
            yield NumberSpan(match.start(), codes[-1].end, _canonical(head, codes))


def _codes(clean: str, folded: str, at: int) -> Iterator[_Code]:
    separator = ""
    for _ in range(_MOST_CODES):
        assembly = _ASSEMBLY.match(folded, at) if separator else None
        match = assembly or _CODE.match(folded, at)
        if match is None:
            return
        raw = re.sub(r"\s", "", clean[at : match.end()])
        yield from _split_glued(re.sub("&amp;|[^a-z0-9]", "", match[0]), raw, separator, match.end())
        after = _SEPARATOR.match(folded, match.end())
        if after is None:
            return
        separator, at = after[0], after.end()


def _split_glued(folded: str, raw: str, separator: str, end: int) -> Iterator[_Code]:
    """``NĐCP`` is NĐ-CP: a first code that is a kind and an issuer typed in one."""
    if not separator and folded not in SPELLINGS:
        for length in (4, 3, 2):
            if folded[:length] in FOLDED_KINDS and folded[length:] in FOLDED_ISSUERS:
                yield _Code(folded[:length], raw[:length], separator, end)
                yield _Code(folded[length:], raw[length:], "-", end)
                return
    yield _Code(folded, raw, separator, end)


def _accepted(head: _Head, codes: list[_Code]) -> list[_Code]:
    """The codes that belong to the number; none where it is no document number."""
    if not codes or not _may_begin(head, codes[0]):
        return []
    accepted = codes[:1]
    for code in codes[1:]:
        if not _may_follow(head, code):
            break
        accepted.append(code)
    return accepted if len(accepted) > 1 or _is_lone_issuer(head, codes[0]) else []


def _may_begin(head: _Head, code: _Code) -> bool:
    joint = head.joint.strip()
    if code.folded in FOLDED_KINDS:
        return head.year is not None or joint in {"/", "-", "–"}
    if not head.has_slashes:
        return joint == "-" and _is_capitals(code.raw)
    return code.folded in FOLDED_ISSUERS or _is_capitals(code.raw)


def _may_follow(head: _Head, code: _Code) -> bool:
    if _ASSEMBLY.fullmatch(code.folded):
        return True
    if _NOT_IN_CODE.search(re.sub("&amp;|&", "", code.raw)):
        return False
    if code.folded in FOLDED_ISSUERS and (code.folded not in FOLDED_PARTY_ISSUERS or "/" in code.separator):
        return True
    if code.separator not in {"-", "/", "–", "‑"}:
        return False
    return _is_capitals(code.raw) or (head.has_slashes and code.raw.islower() and len(code.raw) > 1)


def _is_capitals(raw: str) -> bool:
    return len(raw) > 1 and raw.isupper() and not _NOT_IN_CODE.search(raw.replace("&", ""))


def _is_lone_issuer(head: _Head, code: _Code) -> bool:
    is_printed = code.raw == SPELLINGS.get(code.folded) or _is_capitals(code.raw)
    return head.year is None and head.joint == "/" and code.folded in FOLDED_LONE_ISSUERS and is_printed


def _canonical(head: _Head, codes: list[_Code]) -> str:
    names = [_spelling(code) for code in codes]
    number = padded(head.number)
    if head.year:
        return f"{number}/{head.year}/{'-'.join(names)}"
    if _is_party_style(head, codes):
        return f"{number}-{names[0]}/{'-'.join(names[1:])}"
    return f"{number}/{'-'.join(names)}"


def _is_party_style(head: _Head, codes: list[_Code]) -> bool:
    if len(codes) < 2:
        return False
    return codes[1].folded in FOLDED_PARTY_ISSUERS or ("/" not in head.joint and "/" in codes[1].separator)


def _spelling(code: _Code) -> str:
    if code.raw in {"TƯ", "tư"}:
        return "TW"
    upper = re.sub("&AMP;|&", "", code.raw.upper()).replace("Ð", "Đ")
    return SPELLINGS.get(code.folded, upper)


def padded(number: str) -> str:
    """Official numbers below ten are written 01 to 09."""
    stripped = number.lstrip("0") or "0"
    return stripped.upper().zfill(2) if stripped.isdigit() else stripped.zfill(3)
