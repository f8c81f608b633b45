"""Mends a slip of the finger: a word that the archive does not have is replaced by one that it has beside
the same neighbours. A right word is left alone, and what is offered stands so in a document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, product
from math import log
from typing import Final

from pakn_portal.search.query import weights
from pakn_portal.search.query.reading import Query
from pakn_portal.search.query.results import Hit
from pakn_portal.text import (
    farther_syllables,
    fold,
    fold_aligned,
    is_syllable,
    near_syllables,
    read_keystrokes,
)

#: Terms → in how many entries each is; what is missing is in none.
Frequencies = Callable[[list[str]], dict[str, int]]
#: A shorter word has too many neighbours, and may be an abbreviation.
_SHORTEST: Final = 3
#: So long must be what may be two slips away.
_LONG: Final = 6


@dataclass(frozen=True, slots=True)
class Mended:
    """`tokens` in place of those that were typed; `changed` are the places that differ. `is_sure`: what was
    typed is no syllable at all, so it cannot have been right.
    """

    typed: tuple[str, ...]
    tokens: tuple[str, ...]
    changed: tuple[int, ...]
    is_sure: bool

    @property
    def text(self) -> str:
        return " ".join(self.tokens)


@dataclass(frozen=True, slots=True)
class _Option:
    """`cost`: how far it is from what was typed. A blank left out makes two syllables of one token."""

    syllables: tuple[str, ...]
    cost: int = 0


def may_be_mended(query: Query) -> bool:
    """Whether the query is a few words; what looks for documents by number is right as it is."""
    return 0 < len(query.folded) <= weights.SPELLED_SYLLABLES and not query.required


def looked_up(query: Query) -> list[str]:
    """What must be known of the archive before a query can be told to be right."""
    return list(dict.fromkeys([*query.folded, *query.wordings[0].terms]))


def is_known(query: Query, known: set[str]) -> bool:
    """Whether the archive has every single word."""
    return known.issuperset(query.folded)


def mend(query: Query, total: int, known: set[str], frequencies: Frequencies) -> Mended | None:
    """None where every word is known and enough was found, or where nothing better is known. `known`: what
    the archive has of what was `looked_up`.
    """
    words = [at for at, token in enumerate(query.folded) if _is_word(token)]
    unknown = [at for at in words if query.folded[at] not in known]
    if unknown:
        return _mend_unknown(query, unknown, frequencies) if len(unknown) <= weights.SPELLED_TERMS else None
    if total < weights.FEW_HITS and 1 < len(query.folded) <= weights.DOUBTED_SYLLABLES:
        return _mend_doubtful(query, words, known, frequencies)
    return None


def as_printed(mended: Mended, hits: Sequence[Hit]) -> str:
    """As a document has these words, with their diacritics, from the titles first; empty where none has them
    side by side. Where a word was no syllable, they may stand in one document here and there.
    """
    titles = [hit.entry.title for hit in hits]
    bodies = [text for hit in hits for text in (hit.entry.question, hit.entry.answer)]
    texts = titles if not (mended.is_sure or _has_marks(mended.typed)) else [*titles, *bodies]
    for text in texts:
        for printed in _side_by_side(mended.tokens, text):
            if mended.is_sure or _keeps_marks(mended, printed.split()):
                return printed
    if not mended.is_sure:
        return ""
    wholes = (" \n ".join((hit.entry.title, hit.entry.question, hit.entry.answer)) for hit in hits)
    return next(filter(None, (_here_and_there(mended, whole) for whole in wholes)), "")


def printed_phrase(text: str, hits: Sequence[Hit]) -> str:
    """The words side by side as the hits have them; as they were given where none has."""
    tokens = tuple(fold(text).split())
    found = (
        printed
        for hit in hits
        for part in (hit.entry.title, hit.entry.question, hit.entry.answer)
        for printed in _side_by_side(tokens, part)
    )
    return next(found, text)


def _mend_unknown(query: Query, unknown: list[int], frequencies: Frequencies) -> Mended | None:
    options = [
        _options(query.exact[at], token) if at in unknown else [_Option((token,))]
        for at, token in enumerate(query.folded)
    ]
    if not all(options):
        return None
    counts = frequencies(list(_looked_up(options, unknown)))
    best = _best_path(options, unknown, counts)
    if best is None:
        return None
    # what the keys of an input method spell was meant, and what is no syllable cannot have been
    is_sure = all(not is_syllable(query.folded[at]) for at in unknown)
    return Mended(query.exact, tuple(best), tuple(unknown), is_sure)


def _mend_doubtful(
    query: Query, words: list[int], known: set[str], frequencies: Frequencies
) -> Mended | None:
    """All words are known, yet not side by side: one of them may be another that is one slip away."""
    folded = query.folded
    pairs = [f"{left}_{right}" for left, right in pairwise(folded)]
    lonely = [at for at, pair in enumerate(pairs) if pair not in known]
    at_fault = [at for at in words if {at, at - 1}.issuperset(lonely)] if lonely else []
    changes = [(at, near) for at in at_fault for near in near_syllables(folded[at])[: weights.SPELLINGS]]
    wanted = {pair for at, near in changes for pair in _pairs_of(folded, at, near)}
    counts = frequencies(sorted(wanted)) if wanted else {}
    weighed = [
        (min(counts.get(pair, 0) for pair in _pairs_of(folded, at, near)), at, near) for at, near in changes
    ]
    count, at, near = max(weighed, default=(0, 0, ""))
    if not count:
        return None
    return Mended(query.exact, (*folded[:at], near, *folded[at + 1 :]), (at,), is_sure=False)


def _pairs_of(folded: Sequence[str], at: int, near: str) -> list[str]:
    left = [f"{folded[at - 1]}_{near}"] if at else []
    return [*left, *(f"{near}_{right}" for right in folded[at + 1 : at + 2])]


def _options(exact: str, folded: str) -> list[_Option]:
    """What may have been meant, the likeliest first: keys of an input method, a blank left out, a slip."""
    read = fold(read_keystrokes(exact))
    keys = [read] if read != folded and is_syllable(read) else []
    splits = [
        (folded[:at], folded[at:])
        for at in range(1, len(folded))
        if is_syllable(folded[:at]) and is_syllable(folded[at:]) and not is_syllable(folded)
    ]
    farther = farther_syllables(folded) if len(folded) >= _LONG and not is_syllable(folded) else ()
    found = [
        *(_Option((one,)) for one in keys),
        *(_Option((one,), 1) for one in near_syllables(folded)),
        *(_Option(split, 2) for split in splits),
        *(_Option((one,), 2) for one in farther),
    ]
    return found[: weights.SPELLINGS]


def _looked_up(options: Sequence[Sequence[_Option]], unknown: list[int]) -> Iterator[str]:
    """Pairs that an option makes with its neighbours or within itself; the option where it is alone."""
    own = (one for at in unknown for one in options[at] if len(one.syllables) > 1 or len(options) == 1)
    seen = dict.fromkeys("_".join(one.syllables) for one in own)
    for at, (left, right) in enumerate(pairwise(options)):
        if at in unknown or at + 1 in unknown:
            joined = (_joint(one, other) for one, other in product(left, right))
            seen |= dict.fromkeys(islice(joined, weights.SPELLED_PAIRS))
    yield from seen


def _joint(left: _Option, right: _Option) -> str:
    return f"{left.syllables[-1]}_{right.syllables[0]}"


def _best_path(
    options: Sequence[Sequence[_Option]], unknown: list[int], counts: dict[str, int]
) -> list[str] | None:
    """One option for each place: the nearest, then what is most often seen beside its neighbours. None where
    something would stand beside no neighbour at all.
    """
    paths: list[tuple[float, list[_Option]]] = [(0.0, [])]
    for places in options:
        grown = [(gain + _gain(path, one, counts), [*path, one]) for gain, path in paths for one in places]
        paths = sorted(grown, key=lambda path: -path[0])[: weights.SPELLINGS]
    for _gained, path in paths:
        if all(_stands(path, at, counts) for at in unknown):
            return [syllable for one in path for syllable in one.syllables]
    return None


def _gain(path: list[_Option], one: _Option, counts: dict[str, int]) -> float:
    seen = [counts.get(_joint(path[-1], one), 0)] if path else []
    if len(one.syllables) > 1:
        seen.append(counts.get("_".join(one.syllables), 0))
    return sum(5 + log(count) for count in seen if count) - 20 * one.cost


def _stands(path: list[_Option], at: int, counts: dict[str, int]) -> bool:
    one = path[at]
    if len(path) == 1 or len(one.syllables) > 1:
        return bool(counts.get("_".join(one.syllables)))
    left = path[at - 1 : at] if at else []
    return any(counts.get(pair) for pair in _around(left, one, path[at + 1 : at + 2]))


def _around(left: list[_Option], one: _Option, right: list[_Option]) -> Iterator[str]:
    yield from (_joint(before, one) for before in left)
    yield from (_joint(one, after) for after in right)


def _side_by_side(tokens: Iterable[str], text: str) -> Iterator[str]:
    """Each place where the text has these words with nothing but blanks between, as it has them."""
    words = r"\s{1,3}".join(map(re.escape, tokens))
    for match in re.finditer(rf"(?<![^\W_]){words}(?![^\W_])", fold_aligned(text)):
        yield " ".join(text[match.start() : match.end()].lower().split())


def _here_and_there(mended: Mended, text: str) -> str:
    """The words in runs, each run of two or more as this text has it; empty where one is missing."""
    typed = _typed_places(mended)
    words: list[str] = []
    at = 0
    while at < len(mended.tokens):
        run = _longest_run(mended.tokens[at:], text)
        if run and (len(run) > 1 or typed[at] is None):
            words += run
        elif (single := typed[at]) is not None and _side_by_side_any(mended.tokens[at], text):
            run = [single if _has_marks(mended.typed) else _commonest(mended.tokens[at], text)]
            words += run
        else:
            return ""
        at += len(run)
    return " ".join(words)


def _typed_places(mended: Mended) -> list[str | None]:
    """What was typed at each place of the mended tokens; None where it was mended."""
    if len(mended.typed) != len(mended.tokens):
        return [None] * len(mended.tokens)
    return [None if at in mended.changed else token for at, token in enumerate(mended.typed)]


def _longest_run(tokens: Sequence[str], text: str) -> list[str]:
    for size in range(len(tokens), 1, -1):
        if printed := next(_side_by_side(tokens[:size], text), ""):
            return printed.split()
    return []


def _side_by_side_any(token: str, text: str) -> bool:
    return next(_side_by_side([token], text), None) is not None


def _commonest(token: str, text: str) -> str:
    return Counter(_side_by_side([token], text)).most_common(1)[0][0]


def _keeps_marks(mended: Mended, printed: list[str]) -> bool:
    """Whether what was typed with diacritics differs from what is printed by the slip alone."""
    if not _has_marks(mended.typed):
        return True
    return len(printed) == len(mended.typed) and all(
        _is_one_slip(mended.typed[at], printed[at]) for at in mended.changed
    )


def _has_marks(tokens: Iterable[str]) -> bool:
    return any(token != fold(token) for token in tokens)


def _is_one_slip(left: str, right: str) -> bool:
    """One letter more, less, other, or two neighbours swapped."""
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    one, other = left[start:], right[start:]
    swapped = one[1:2] + one[:1] + one[2:]
    return other in (one[1:], swapped) or one == other[1:] or one[1:] == other[1:]


def _is_word(token: str) -> bool:
    return len(token) >= _SHORTEST and token.isalpha()
