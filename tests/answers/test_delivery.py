"""An answer is approved, and it is delivered: two parts, which a petition does in one step."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from pakn_portal.answers import actions as answers
from pakn_portal.answers.enums import AnswerState
from pakn_portal.answers.models import Answer
from pakn_portal.answers.texts import words_of_answer
from pakn_portal.answers.told.proof import is_as_approved
from pakn_portal.cases.enums import Clock, Right, Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.cases.moves import Petition, moving
from pakn_portal.cases.petition_graph import PETITION_GRAPH
from pakn_portal.flow.graph import Transition
from pakn_portal.flow.procedure import register_procedure
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.register.texts import digest
from tests.factories import Ministry, make_case, make_ministry

APPROVAL = PETITION_GRAPH.find(Verb.APPROVE_ANSWER, Status.DRAFT_REVIEW)


@pytest.fixture
def who(db: None) -> Ministry:
    return make_ministry()


@pytest.fixture
def with_signature() -> Iterator[None]:
    """As in a procedure where somebody signs what was approved; a verb that is of no use there otherwise
    stands for the signature.
    """
    assert APPROVAL is not None
    approval = replace(APPROVAL, target=None, clock=Clock.KEEP, then="")
    signature = Transition(
        Verb.RECEIVE,
        frozenset({Status.DRAFT_REVIEW}),
        Status.ANSWERED,
        frozenset({Right.LEADER}),
        Clock.STOP,
        then=APPROVAL.then,
    )
    rows = [row for row in PETITION_GRAPH.transitions if row != APPROVAL]

    class Signed(Petition):
        graph = replace(PETITION_GRAPH, transitions=(approval, signature, *rows))

    register_procedure(Signed())
    yield
    register_procedure(Petition())


def test_an_approved_petition_is_delivered_at_once(who: Ministry) -> None:
    case = make_case(Status.DRAFT_REVIEW, who)
    Answer.objects.filter(case=case).update(outcome="solved")
    answers.approve_answer(case, by=who.head)
    assert (case.status, case.outcome, case.closed_on is not None) == (Status.ANSWERED, "solved", True)


@pytest.mark.usefixtures("with_signature")
def test_something_can_stand_between_approval_and_delivery(who: Ministry) -> None:
    case = make_case(Status.DRAFT_REVIEW, who)
    Answer.objects.filter(case=case).update(outcome="solved")
    answers.approve_answer(case, by=who.head)
    assert (case.status, case.outcome, case.closed_on) == (Status.DRAFT_REVIEW, "", None)
    assert Answer.objects.get(case=case).state == AnswerState.APPROVED
    with moving(case, Verb.RECEIVE, by=who.leader):
        pass
    assert (case.status, case.outcome, case.closed_on is not None) == (Status.ANSWERED, "solved", True)
    assert [event.verb for event in case.events.order_by("sequence")][-2:] == ["approve_answer", "receive"]


def test_what_is_approved_is_proved_with_a_salt_alone(who: Ministry) -> None:
    """Nobody who has only the register finds out whether it was these words."""
    case = make_case(Status.DRAFT_REVIEW, who)
    Answer.objects.filter(case=case).update(outcome="solved", legal_bases="45/2019/QH14")
    answers.approve_answer(case, by=who.head)
    answer, line = Answer.objects.get(case=case), case.events.order_by("sequence").with_salts().last()
    assert line is not None
    for name, text in words_of_answer(answer).items():
        assert digest(text, line.salts[name]) == line.texts[name]
    whole = "\x1f".join((answer.body, "solved", "45/2019/QH14"))
    told = str([line.data, line.texts])
    assert [each for each in (answer.body, whole) if hashlib.sha256(each.encode()).hexdigest() in told] == []


@pytest.mark.parametrize(("column", "value"), [("outcome", "noted"), ("legal_bases", "1/2020/QH14")])
def test_an_outcome_or_a_legal_basis_that_was_not_approved_is_noticed(
    column: str, value: Any, who: Ministry
) -> None:
    case = make_case(Status.ANSWERED, who)
    answer = Answer.objects.get(case=case)
    assert is_as_approved(answer)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE pakn_portal_answer SET {column}=%s WHERE case_id=%s", [value, case.pk])
    assert not is_as_approved(Answer.objects.get(case=case))


def test_a_mail_has_the_version_that_was_approved(who: Ministry) -> None:
    case = make_case(Status.ANSWERED, who)
    mail = OutgoingMail.objects.get(template="answered", case=case)
    assert mail.context["version"] == Case.objects.get(pk=case.pk).answer.version
    assert "hash" not in mail.context
