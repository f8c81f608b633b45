"""Every door takes something in by the same verb, which stores all of it or nothing."""

from __future__ import annotations

import ast

import pytest

from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.intake import add_to, take_in
from pakn_portal.cases.models import Case
from pakn_portal.deadlines.rules import NoRule
from pakn_portal.flow.errors import MoveError
from pakn_portal.snippets.models import DeadlineRule
from pakn_portal.submissions import secrets
from pakn_portal.submissions.actions import NewSender, NewSubmission
from pakn_portal.submissions.models import Sender, Submission, Supplement
from tests.architecture.source import PACKAGE, python_files
from tests.factories import make_case, make_lists, make_ministry


def new() -> NewSubmission:
    sender = NewSender(kind="citizen", full_name="Lê Văn Thử", address="Số 1 phố Thử, Hà Nội")
    return NewSubmission(sender=sender, title="Hỏi về thủ tục", content="Tôi muốn hỏi về thủ tục.")


@pytest.mark.django_db
def test_one_form_makes_one_case_by_whichever_door() -> None:
    make_lists()
    key, clerk = secrets.issue_form_key(), make_ministry().intake
    first, again = take_in(new(), form_key=key), take_in(new(), form_key=key, by=clerk)
    assert (again.case, again.accepted.secret) == (first.case, first.accepted.secret)
    assert (first.accepted.is_repeat, again.accepted.is_repeat) == (False, True)
    assert [event.verb for event in first.case.events.all()] == [Verb.SUBMIT]
    assert Submission.objects.count() == Case.objects.count() == 1


@pytest.mark.django_db
def test_without_a_deadline_nothing_is_stored() -> None:
    make_lists()
    DeadlineRule.objects.all().delete()
    with pytest.raises(NoRule):
        take_in(new(), form_key=secrets.issue_form_key())
    assert (Sender.objects.count(), Submission.objects.count(), Case.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
def test_what_nobody_asked_for_is_not_stored() -> None:
    case = make_case(Status.RECEIVED, make_ministry())
    with pytest.raises(MoveError):
        add_to(case, content="Tôi xin bổ sung.")
    assert not Supplement.objects.exists()
    assert case.events.count() == 2


def test_no_door_goes_around_it() -> None:
    """The halves of it are called by nobody else."""
    halves = {"create_submission", "open_case", "add_supplement", "supplement_case"}
    callers = {
        str(path.relative_to(PACKAGE))
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in halves
    }
    assert callers == {"cases/intake.py"}
