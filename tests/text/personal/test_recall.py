"""How much of the personal data in the labelled sentences is found, and how much is found that is none."""

from __future__ import annotations

import pytest

from pakn_portal.text import mask_all
from tests.text.sentences import Sentence, false_finds, missed, score, sentences

EVERY = sentences()
PERSONAL = [each for each in EVERY if each.parts]
INNOCENT = [each for each in EVERY if not each.parts]
HELD_BACK = [each for each in EVERY if each.is_held_back]


def test_there_are_enough_sentences_of_each_sort() -> None:
    assert len(PERSONAL) >= 150
    assert len(INNOCENT) >= 150
    assert len({each.text for each in EVERY}) == len(EVERY)


def test_nearly_every_personal_part_is_covered_to_its_last_character() -> None:
    assert score(EVERY).recall >= 0.98, [(each.text, missed(each)) for each in EVERY if missed(each)]


def test_hardly_anything_is_found_that_is_none() -> None:
    false = [found for each in INNOCENT for found in false_finds(each)]
    assert len(false) <= 2, false
    assert score(EVERY).precision >= 0.98


def test_it_holds_for_the_sentences_that_the_rules_were_not_tuned_on() -> None:
    held = score(HELD_BACK)
    assert held.recall >= 0.95
    assert held.precision >= 0.95


@pytest.mark.parametrize("kind", sorted({each.kind for each in PERSONAL}))
def test_no_kind_is_left_out(kind: str) -> None:
    assert score([each for each in PERSONAL if each.kind == kind]).recall >= 0.85


@pytest.mark.parametrize("sentence", PERSONAL, ids=lambda each: each.text[:40])
def test_what_is_found_does_not_survive_masking(sentence: Sentence) -> None:
    left = mask_all(sentence.text, sentence.known)
    gone = [sentence.text[start:end] for start, end in sentence.parts]
    assert [part for part in gone if part in left and len(part) > 5 and part not in missed(sentence)] == []
