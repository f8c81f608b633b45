"""Sentences of senders, written before the rules were, to measure what is found and what is not.

In `personal.txt` a kind, a tab and a sentence stand in each line, its personal parts in ⟦brackets⟧ (`\\n` is
a line break inside); in `innocent.txt` sentences without any. All people, numbers and places are made up.
Every third line is held back: the rules were not tuned on it. In `later_….txt` stand seven sets that were
written once the rules stood: at first sight 51 of 63, 55 of 63, 57 of 60, 82 of 102, 59 of 63, 58 of 61 and
33 of 43 sentences were found whole, with false finds in 5, 1 and 15 of 40, none of 56, 3 of 40 and 2 of 40
that were made to deceive; then the rules learnt from them.
In `families_….txt` each kind is written as people write it in many ways, before the rules of that
kind were touched, every third line held back: of those 45 of 73 were found whole before and 66 at first sight
after, with false finds in 2 and 1 of 27; then the rules learnt from these too. Kind `own` is told by what its
sender is known by.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from pakn_portal.text import find_personal_data

_FOLDER = Path(__file__).parent
_PART = re.compile("⟦(.*?)⟧", re.S)
#: whom the sentences of kind `own` come from
_SENDER = (("name", "Trần Thị Bích Ngọc"), ("email", "bngoc.tran88@gmail.com"), ("phone", "0905118274"))


class Sentence(NamedTuple):
    kind: str
    text: str
    #: start and end of each personal part
    parts: list[tuple[int, int]]
    is_held_back: bool

    @property
    def known(self) -> tuple[tuple[str, str], ...]:
        return _SENDER if self.kind == "own" else ()


class Score(NamedTuple):
    """Personal parts and how many of them are covered to the last character; finds that touch none."""

    parts: int
    covered: int
    finds: int
    false: int

    @property
    def recall(self) -> float:
        return self.covered / self.parts if self.parts else 1.0

    @property
    def precision(self) -> float:
        return 1 - self.false / self.finds if self.finds else 1.0


def sentences() -> list[Sentence]:
    return [
        *(_read(*line.split("\t"), number % 3 == 0) for number, line in enumerate(_lines("personal"))),
        *(_read("innocent", line, number % 3 == 0) for number, line in enumerate(_lines("innocent"))),
        *(_read(*line.split("\t"), False) for line in _lines("later_personal")),
        *(_read("innocent", line, False) for line in _lines("later_innocent")),
        *(
            _read(*line.split("\t"), number % 3 == 0)
            for number, line in enumerate(_lines("families_personal"))
        ),
        *(
            _read("innocent", line, number % 3 == 0)
            for number, line in enumerate(_lines("families_innocent"))
        ),
    ]


def _lines(name: str) -> list[str]:
    return (_FOLDER / f"{name}.txt").read_text().splitlines()


def _read(kind: str, marked: str, is_held_back: bool) -> Sentence:
    marked = marked.replace("\\n", "\n")
    pieces, parts, at = _PART.split(marked), [], 0
    for index, piece in enumerate(pieces):
        if index % 2:
            parts.append((at, at + len(piece)))
        at += len(piece)
    return Sentence(kind, "".join(pieces), parts, is_held_back)


def spans(sentence: Sentence) -> list[tuple[int, int]]:
    return [(find.start, find.end) for find in find_personal_data(sentence.text, sentence.known)]


def missed(sentence: Sentence) -> list[str]:
    found = spans(sentence)
    return [
        sentence.text[start:end]
        for start, end in sentence.parts
        if not any(first <= start and end <= last for first, last in found)
    ]


def false_finds(sentence: Sentence) -> list[str]:
    return [
        sentence.text[first:last]
        for first, last in spans(sentence)
        if not any(first < end and start < last for start, end in sentence.parts)
    ]


def score(chosen: list[Sentence]) -> Score:
    parts = sum(len(sentence.parts) for sentence in chosen)
    covered = parts - sum(len(missed(sentence)) for sentence in chosen)
    return Score(
        parts,
        covered,
        sum(len(spans(sentence)) for sentence in chosen),
        sum(len(false_finds(sentence)) for sentence in chosen),
    )


def table() -> list[str]:
    """A line for each kind, then all, and those held back."""
    every = sentences()
    groups = {
        kind: [each for each in every if each.kind == kind] for kind in dict.fromkeys(s.kind for s in every)
    }
    groups |= {"all": every, "held back": [each for each in every if each.is_held_back]}
    lines = [
        f"{'personal data':<14}{'sentences':>10}{'parts':>7}{'covered':>9}"
        f"{'recall':>8}{'false':>7}{'precision':>11}"
    ]
    for name, chosen in groups.items():
        s = score(chosen)
        lines.append(
            f"{name:<14}{len(chosen):>10}{s.parts:>7}{s.covered:>9}{s.recall:>8.3f}{s.false:>7}{s.precision:>11.3f}"
        )
    return lines
