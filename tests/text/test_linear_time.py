"""Twice the text, twice the work: what our own lines do is counted, what a pattern may do is read from it.

The seconds that 200 kB of hostile text take are a matter of `make bench`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from re import _constants as kind  # type: ignore[attr-defined]
from re import _parser as reading  # type: ignore[attr-defined]
from typing import Any

import pytest

from pakn_portal import text as vietnamese
from tests.architecture.source import ROOT
from tests.fixtures.work import lines_run
from tests.text.hostile import PIECES, READERS, Reader, hostile

LENGTH = 1_500
#: linear is 2, quadratic 4
MOST_GROWTH = 2.5
#: so few lines tell nothing about growth
FEW = 400

#: Endless repeats with something behind them, each with the reason why their work stays small.
BOUNDED_OTHERWISE = {
    "identifiers.py": "reads one line of a form, cut to LONGEST characters",
    "keystrokes.py": "reads one token of at most eleven letters",
    "pakn_text.py": "each run of blanks stands behind a line end or a bullet, and is begun from there only",
}


def growth(read: Reader, piece: str) -> float:
    once, twice = (lines_run(lambda: read(hostile(piece, length))) for length in (LENGTH, 2 * LENGTH))  # noqa: B023
    return twice / once if twice > FEW else 0


@pytest.mark.slow
@pytest.mark.parametrize("piece", PIECES, ids=ascii)
@pytest.mark.parametrize("name", READERS)
def test_work_grows_with_length(name: str, piece: str) -> None:
    assert growth(READERS[name], piece) < MOST_GROWTH


def test_a_quadratic_reader_would_be_found() -> None:
    def quadratic(text: str) -> int:
        found = 0
        for start in range(0, len(text), 10):
            for end in range(start, len(text), 10):
                found += text[end] == "b"
        return found

    assert growth(quadratic, "a") > 3.5


@cache
def patterns() -> list[tuple[str, str, int, bool]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.text.patterns"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]


def endless(pattern: str, flags: int = 0) -> list[str]:
    """Repeats without a bound after which the match can still fail: from each start they may run to the end.

    One that stands last cannot fail. A possessive one behind a look at what stands before it runs once for
    each run of its characters: the look refuses every other start.
    """
    tree = list(reading.parse(pattern, flags))
    guarded = bool(tree) and tree[0][0] is kind.ASSERT_NOT and tree[0][1][0] < 0
    return list(_endless(tree, last=True, guarded=guarded))


def _endless(items: Iterable[Any], *, last: bool, guarded: bool) -> Iterator[str]:
    listed = list(items)
    for place, (operation, value) in enumerate(listed):
        ends = last and place == len(listed) - 1
        if operation in (kind.MAX_REPEAT, kind.MIN_REPEAT, kind.POSSESSIVE_REPEAT):
            _least, most, inner = value
            possessive = operation is kind.POSSESSIVE_REPEAT and guarded
            if most == kind.MAXREPEAT and not ends and not possessive:
                yield str(inner)
            yield from _endless(inner, last=ends and most == 1, guarded=guarded)
        for inner, inner_ends in _inside(operation, value, ends):
            yield from _endless(inner, last=inner_ends, guarded=guarded)


def _inside(operation: Any, value: Any, ends: bool) -> Iterator[tuple[Any, bool]]:
    if operation is kind.SUBPATTERN:
        yield value[3], ends
    elif operation is kind.ATOMIC_GROUP:
        yield value, ends
    elif operation is kind.BRANCH:
        yield from ((branch, ends) for branch in value[1])
    elif operation in (kind.ASSERT, kind.ASSERT_NOT):
        yield value[1], True
    elif operation is kind.GROUPREF_EXISTS:
        yield from ((branch, ends) for branch in value[1:] if branch is not None)


def test_no_pattern_may_run_to_the_end_from_every_start() -> None:
    assert len(patterns()) > 90
    found = {
        (file, pattern)
        for file, pattern, flags, _is_on_loading in patterns()
        if endless(pattern, flags & ~re.DEBUG)
    }
    assert {each for each in found if each[0] not in BOUNDED_OTHERWISE} == set()
    assert {file for file, _pattern in found} == set(BOUNDED_OTHERWISE)  # no exception outlives its pattern


def test_no_command_compiles_a_long_pattern_that_it_does_not_use() -> None:
    """The two longest took a fifth of the time in which a portal comes up."""
    sizes = [(len(pattern), is_on_loading) for _file, pattern, _flags, is_on_loading in patterns()]
    assert max(size for size, is_on_loading in sizes if is_on_loading) < 20_000 < max(sizes)[0]


@pytest.mark.parametrize(
    ("pattern", "is_endless"),
    [
        ("a*b", True),
        ("(?:a|b)+?c", True),
        ("(a+)+", True),
        (r"[0-9]+(?:kg)?", True),
        (r"(?<![a-z])[a-z]+@", True),
        ("a++b", True),
        ("a{0,60}b", False),
        ("[a-z]+", False),
        ("b(a+)", False),
        ("(?<!a)a++b", False),
    ],
)
def test_an_endless_pattern_would_be_found(pattern: str, is_endless: bool) -> None:
    assert bool(endless(pattern)) is is_endless


@pytest.mark.slow
@pytest.mark.parametrize("piece", PIECES, ids=ascii)
def test_a_hostile_text_of_twenty_kilobytes_is_no_trouble(piece: str) -> None:
    for read in READERS.values():
        read(hostile(piece, 20_000))


def test_what_has_no_bound_of_its_own_is_cut_before() -> None:
    assert len(vietnamese.plain("a" * 1_000_000)) < 1_000


@pytest.mark.slow
def test_a_word_of_a_megabyte_and_a_hundred_thousand_lines() -> None:
    for whole in ("á" * 1_000_000, "dòng\n" * 100_000):
        assert len(vietnamese.syllables(whole)) >= 10_000
        assert vietnamese.mask_all(whole) == whole
