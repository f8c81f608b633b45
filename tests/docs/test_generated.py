from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import translation

from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.petition_graph import TRANSITIONS
from pakn_portal.management import graph
from tests.docs.generated import GENERATED, drawn, written
from tests.docs.pages import DOCS, codes, tables

GRAPH, RIGHTS = DOCS / "concepts" / "case-graph.md", DOCS / "reference" / "rights.md"


@pytest.mark.parametrize(("path", "name"), GENERATED, ids=lambda value: getattr(value, "stem", value))
def test_the_page_has_what_the_code_draws(path: Path, name: str) -> None:
    """When this fails: `python -m tests.docs`."""
    assert written(path, name) == drawn(name, GENERATED[path, name])


def test_every_status_is_explained() -> None:
    assert [row[0].strip("`") for row in tables(GRAPH, "States")] == list(Status.values)


def test_every_transition_is_a_row() -> None:
    with translation.override("en"):
        assert len(graph.moves().splitlines()) == len(TRANSITIONS) + 2


def test_every_verb_stands_in_the_table_of_rights() -> None:
    known = [code for row in tables(RIGHTS, "Who may do what") for code in codes(row[0])]
    assert sorted(known) == sorted({str(row.verb) for row in TRANSITIONS})


def test_every_verb_but_the_first_is_a_move() -> None:
    """`submit` makes the case, so no transition leads to it."""
    assert {*Verb} - {row.verb for row in TRANSITIONS} == {Verb.SUBMIT}
