from __future__ import annotations

from django.template.loader import get_template

from pakn_portal.cases.moves import Petition
from pakn_portal.cases.petition_graph import PETITION_GRAPH
from pakn_portal.flow import tables
from pakn_portal.flow.procedure import procedures
from pakn_portal.flow.tables import VerbTable, gaps, pressed_verbs
from pakn_portal.notifications import rule_sets
from pakn_portal.notifications.petition.mails import PetitionMails
from pakn_portal.pages.tracking import words as public_words
from pakn_portal.staff.cases.moves import buttons


def test_every_verb_stands_in_each_table_that_needs_it() -> None:
    assert [type(one) for one in procedures()] == [Petition]
    assert list(gaps()) == []


def test_every_button_has_its_place() -> None:
    placed = {*buttons.LIKELY, *buttons.COMMON, *buttons.RARE, *buttons.HIDDEN}
    assert set(pressed_verbs(PETITION_GRAPH)) - placed == set()
    assert placed <= set(PETITION_GRAPH.verbs)


def test_mails_and_buttons_are_tables_of_verbs_too() -> None:
    """So that a verb that is forgotten in one of them is a gap, whichever procedure it is of."""
    names = {table.name for table in tables._TABLES}
    assert {"mails", "buttons", "forms of moves", "sentences"} <= names
    assert set(rule_sets.MAILS.of("petition")) | PetitionMails.silent == set(PETITION_GRAPH.verbs.values)
    assert set(rule_sets.MAILS.of("petition")) & PetitionMails.silent == set()
    assert set(buttons.PLACES.of("petition").values()) == {"first", "beside", "menu"}


def test_no_mail_and_no_word_to_the_sender_is_of_a_verb_that_is_not_there() -> None:
    verbs = {row.verb for row in PETITION_GRAPH.transitions} | {PETITION_GRAPH.opening}
    assert {rule.verb for rule in PetitionMails.rules} <= verbs
    assert {*public_words._SENTENCES, *public_words._TOLD} <= verbs
    for rule in PetitionMails.rules:
        assert get_template(f"pakn_portal/mail/{rule.template}.txt")


def test_a_verb_that_was_forgotten_or_never_was_is_named() -> None:
    table: VerbTable[str] = VerbTable("words", wants=lambda graph: ["receive", "keep", "note"])
    assert list(table.gaps(PETITION_GRAPH)) == []
    table.add("petition", {"receive": "…", "recieve": "…"}, without={"note"})
    try:
        assert list(gaps()) == ["words: no keep", "words: what is recieve?"]
    finally:
        table.add("petition", {"receive": "…", "keep": "…", "note": "…"})
