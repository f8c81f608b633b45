from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.events import Assigned
from pakn_portal.cases.history import history
from pakn_portal.cases.sentences import WRITERS
from pakn_portal.flow.moving import append_event
from pakn_portal.people.scope import Scope
from pakn_portal.routing.actions import forward_case
from tests.factories import make_case, make_ministry

pytestmark = pytest.mark.django_db

SEES_ALL = Scope(user=None, is_leader=True, reads_sealed=True)


def sentences(case: Any) -> list[str]:
    with override("en"):
        return [line.sentence for line in history(case, SEES_ALL)]


def test_every_verb_has_a_sentence() -> None:
    assert set(WRITERS) == set(Verb)


def test_it_reads_like_a_register() -> None:
    case = make_case(Status.DRAFT_REVIEW, make_ministry())
    due = f"{case.due_on:%d/%m/%Y}"
    assert sentences(case) == [
        f"The sender sent it (web form), due {due} ({case.term_amount} working days)",
        "The Ministry Office received it",
        f"The Ministry Office forwarded it to Cục Việc làm, due {due} ({case.term_amount} working days)",
        "Lương Quốc Thịnh assigned it to Trịnh Thị Hải Yến",
        "Trịnh Thị Hải Yến saved the draft answer (version 1)",
        "Trịnh Thị Hải Yến submitted the answer for approval (version 1)",
    ]


def test_a_leader_is_not_taken_for_the_office() -> None:
    ministry = make_ministry()
    case = make_case(Status.RECEIVED, ministry)
    forward_case(case, to_unit=ministry.unit, by=ministry.leader)
    assert sentences(case)[-1].startswith("The ministry's leadership forwarded it to Cục Việc làm")


@pytest.mark.parametrize("status", [status for status in Status if status != Status.PUBLISHED])
def test_no_sentence_has_a_hole(status: Status) -> None:
    case = make_case(status, make_ministry())
    for sentence in sentences(case):
        assert "None" not in sentence and "%(" not in sentence and "()" not in sentence
        assert not sentence.startswith((" ", ":"))


def test_queries_do_not_grow() -> None:
    ministry, counts = make_ministry(), []
    case = make_case(Status.PROCESSING, ministry)
    history(case, SEES_ALL)
    for number in (1, 30):
        for _n in range(number):
            append_event(
                case,
                Verb.ASSIGN,
                by=ministry.head,
                from_status=case.status,
                data=Assigned(officer=ministry.officer.pk),
            )
        with CaptureQueriesContext(connection) as queries:
            history(case, SEES_ALL)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6
