from __future__ import annotations

import pytest

from pakn_portal.cases.enums import OPEN, SEALED, Clock, Right, Status, Verb
from pakn_portal.cases.petition_graph import PETITION_GRAPH, TRANSITIONS
from pakn_portal.flow.graph import RESUME

#: Codes of regulations §6; labels may change, these may not.
CODES = [
    "submitted", "received", "need_info", "routed", "returned", "processing", "coordinating", "draft_review",
    "extended", "answered", "published", "rejected", "duplicate", "out_of_scope", "forwarded", "complaint",
    "denunciation", "noted", "withdrawn", "reopened", "secret_hold",
    # ours: a lock that was confirmed, and is handled on paper
    "on_paper",
]  # fmt: skip


def test_the_codes_are_those_of_the_regulations() -> None:
    assert Status.values == CODES


def test_every_verb_but_the_first_has_a_row() -> None:
    assert {row.verb for row in TRANSITIONS} == set(Verb) - {Verb.SUBMIT}


def test_no_verb_leads_two_ways_from_one_status() -> None:
    pairs = [(row.verb, status) for row in TRANSITIONS for status in row.sources]
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize("status", sorted(OPEN))
def test_a_person_can_move_every_open_case_on(status: Status) -> None:
    leaving = [row for row in PETITION_GRAPH.leaving(status) if row.target not in (None, status)]
    assert [row for row in leaving if row.rights - {Right.SYSTEM, Right.SENDER}] != []


@pytest.mark.parametrize(
    "status", sorted(set(Status) - OPEN - {Status.ANSWERED, Status.PUBLISHED, Status.DUPLICATE})
)
def test_what_is_closed_stays_closed_but_can_be_sealed(status: Status) -> None:
    leaving = [row.verb for row in PETITION_GRAPH.leaving(status) if row.target is not None]
    sealing = [Verb.MOVE_TO_COMPLAINT, Verb.MOVE_TO_DENUNCIATION, Verb.HOLD]
    assert leaving == ([] if status in SEALED else sealing)


def test_whatever_is_not_sealed_can_be_locked() -> None:
    """A state secret may be noticed late: display stops from wherever the case stands."""
    (row,) = [row for row in TRANSITIONS if row.verb == Verb.HOLD]
    assert row.sources == frozenset(Status) - SEALED
    assert Right.PUBLISHER in row.rights


def test_a_note_is_written_wherever_the_case_stands() -> None:
    (row,) = [row for row in TRANSITIONS if row.verb == Verb.NOTE]
    assert (row.sources, row.target, row.clock) == (frozenset(Status), None, Clock.KEEP)
    assert row.rights == frozenset(Right) - {Right.SENDER, Right.SYSTEM}


def test_every_status_can_be_reached() -> None:
    reached, waiting = {Status.SUBMITTED}, [Status.SUBMITTED]
    while waiting:
        for row in PETITION_GRAPH.leaving(waiting.pop()):
            if row.target not in (None, RESUME) and Status(row.target) not in reached:
                reached.add(Status(row.target))
                waiting.append(Status(row.target))
    assert reached == set(Status)


def test_the_clock_stops_exactly_where_work_ends() -> None:
    for row in TRANSITIONS:
        if row.target in (None, RESUME):
            continue
        ends = Status(row.target) not in OPEN
        published = row.verb in (Verb.PUBLISH, Verb.UNPUBLISH)
        assert (row.clock == Clock.STOP) == (ends and not published), row.verb


def test_what_is_found_late_is_sealed_from_wherever_it_stands() -> None:
    """Each takes the page off the site: see tests/pages/test_sealing.py."""
    sealing = [row for row in TRANSITIONS if row.target in SEALED and Status.PUBLISHED in row.sources]
    assert [row.verb for row in sealing] == [Verb.MOVE_TO_COMPLAINT, Verb.MOVE_TO_DENUNCIATION, Verb.HOLD]
    assert {row.sources for row in sealing} == {frozenset(Status) - SEALED}


def test_the_sender_may_only_supplement_and_withdraw() -> None:
    assert {row.verb for row in TRANSITIONS if Right.SENDER in row.rights} == {Verb.SUPPLEMENT, Verb.WITHDRAW}


def test_an_illegal_move_is_not_found() -> None:
    assert PETITION_GRAPH.find(Verb.PUBLISH, Status.SUBMITTED) is None
