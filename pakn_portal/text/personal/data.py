"""Personal data in text, found by patterns and by what is known of the sender.

Made to be looked over by a person before something is published: it rather finds too much than too little,
but a law's number, a sum of money or an ordinary date is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from pakn_portal.text.alignment import align
from pakn_portal.text.personal.addresses import find_addresses
from pakn_portal.text.personal.known import find_known
from pakn_portal.text.personal.links import find_links
from pakn_portal.text.personal.names import find_names
from pakn_portal.text.personal.numbers import find_numbers
from pakn_portal.text.personal.view import FindCandidate, View, view_of
from pakn_portal.text.personal.words import find_words

# Hiding a find can bring out another (a number whose unit was part of an address), so the text is looked at
# again until nothing new turns up; more rounds than these were never seen.
_MOST_ROUNDS: Final = 8


class Find(NamedTuple):
    """Personal data at ``text[start:end]`` of the text given, which reads ``text``.

    ``kind``: phone, email, id_number, tax_code, bank_account, address, plate, birth_date, insurance_number,
    profile, name, given_name (one syllable after a title), or the kind that came with a known value.
    ``is_sure`` is False where only a person can tell: a name may be that of a street.
    """

    kind: str
    start: int
    end: int
    text: str
    is_sure: bool = True


def find_personal_data(text: str, known: Iterable[tuple[str, str]] = ()) -> list[Find]:
    """Everything that looks like personal data, sure or not: sorted, apart, with offsets into the text given.

    ``known`` are (kind, value) pairs of this sender: ``("name", "Nguyễn Văn An")``.
    """
    aligned = align(text)
    finds = []
    for candidate in _candidates(aligned.clean, tuple(known)):
        start, end = aligned.span(candidate.start, candidate.end)
        finds.append(Find(candidate.kind, start, end, text[start:end], candidate.is_sure))
    return finds


def _candidates(clean: str, known: tuple[tuple[str, str], ...]) -> list[FindCandidate]:
    found: list[FindCandidate] = []
    for _ in range(_MOST_ROUNDS):
        view = view_of(clean, [(candidate.start, candidate.end) for candidate in found])
        fresh = _merged(_all_in(view, known))
        if not fresh:
            break
        found += fresh
    return sorted(found)


def _all_in(view: View, known: tuple[tuple[str, str], ...]) -> Iterator[FindCandidate]:
    yield from find_known(view, known)
    yield from find_words(view)
    yield from find_numbers(view)
    yield from find_links(view)
    yield from find_addresses(view)
    yield from find_names(view)


def _merged(candidates: Iterable[FindCandidate]) -> list[FindCandidate]:
    """What overlaps becomes one find, of the kind that is surest."""
    merged: list[FindCandidate] = []
    for candidate in sorted(candidates):
        if not merged or candidate.start >= merged[-1].end:
            merged.append(candidate)
            continue
        last = merged[-1]
        surer = min(last, candidate, key=lambda each: (each.doubt, each.start - each.end))
        is_sure = last.is_sure or candidate.is_sure
        merged[-1] = FindCandidate(last.start, max(last.end, candidate.end), surer.kind, surer.doubt, is_sure)
    return merged
