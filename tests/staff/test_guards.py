"""What refuses a move stands once: the verb raises the sentence that its button showed before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.module_loading import import_string

from pakn_portal.answers import actions as answers
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.cases.petition_graph import TRANSITIONS
from pakn_portal.flow.errors import Forbidden, NotAllowed
from pakn_portal.flow.moving import open_moves
from pakn_portal.pages.answers import actions as pages
from pakn_portal.people.scope import scope_of
from pakn_portal.publication.gate import GateShut
from pakn_portal.routing import actions as routing
from pakn_portal.staff import addresses
from tests.factories import Ministry, make_case, make_unit

pytestmark = pytest.mark.django_db


def _own_draft(who: Ministry) -> Case:
    case = make_case(Status.PROCESSING, who)
    answers.draft_answer(case, body="Tôi tự viết.", by=who.head)
    answers.submit_answer(case, by=who.head)
    return case


def _other_unit_asked(who: Ministry) -> Case:
    case = make_case(Status.COORDINATING, who)
    routing.give_opinion(case, by=who.other_head, note="Nhất trí.")
    routing.request_opinion(
        case, unit=make_unit("Vụ Pháp chế", head=who.other_head), by=who.officer, note="Còn luật?"
    )
    return case


def _text(who: Ministry, status: Status, by: Any, answer: str) -> Case:
    case = make_case(status, who)
    answers.prepare_public_text(case, title="Hồ sơ", question="Nộp ở đâu?", answer=answer, by=by)
    return case


def _sent(who: Ministry) -> Case:
    case = _text(who, Status.ANSWERED, who.officer, "Trong 90 ngày.")
    pages.request_publication(case, by=who.officer)
    return case


def _taken_off(who: Ministry) -> Case:
    case = make_case(Status.PUBLISHED, who)
    pages.unpublish_answer(case, by=who.publisher, note="Nhầm.")
    return case


def _open_place(who: Ministry) -> Case:
    return _text(who, Status.ANSWERED, who.officer, "Gọi bà Nguyễn Thị Thu Cúc.")


def _own_correction(who: Ministry) -> Case:
    return _text(who, Status.PUBLISHED, who.publisher, "Trong 90 ngày.")


FORBIDDEN: list[tuple[Callable[[Ministry], Case], Verb, str, Callable[[Case, Any], Any]]] = [
    (_own_draft, Verb.APPROVE_ANSWER, "head", lambda case, by: answers.approve_answer(case, by=by)),
    (
        _other_unit_asked,
        Verb.GIVE_OPINION,
        "other_officer",
        lambda case, by: routing.give_opinion(case, by=by, note="Nhất trí."),
    ),
    (
        _open_place,
        Verb.REQUEST_PUBLICATION,
        "officer",
        lambda case, by: pages.request_publication(case, by=by),
    ),
    (
        _own_correction,
        Verb.CORRECT,
        "publisher",
        lambda case, by: pages.correct_answer(case, by=by, note="Sửa."),
    ),
]


@pytest.mark.parametrize(("case_of", "verb", "who", "act"), FORBIDDEN)
def test_a_verb_refuses_with_the_sentence_of_its_shut_button(
    case_of: Any, verb: Verb, who: str, act: Any, ministry: Ministry, as_user: Any, section: Any
) -> None:
    case, person = case_of(ministry), getattr(ministry, who)
    buttons = as_user(person).get(addresses.case_url(case.pk)).context["buttons"]
    (sentence,) = [button.reason for button in buttons.all if button.verb == verb]
    assert sentence != ""
    assert as_user(person).get(addresses.move_url(case.pk, verb)).context["shut"] == sentence
    before = Case.objects.get(pk=case.pk)
    with pytest.raises((Forbidden, GateShut)) as error:
        act(before, person)
    assert str(error.value) == sentence
    assert before.version == Case.objects.get(pk=case.pk).version


@pytest.mark.parametrize(
    ("status", "verb", "who", "act"),
    [
        (
            Status.PROCESSING,
            Verb.SUBMIT_ANSWER,
            "officer",
            lambda case, by: answers.submit_answer(case, by=by),
        ),
        (
            Status.ANSWERED,
            Verb.REQUEST_PUBLICATION,
            "officer",
            lambda case, by: pages.request_publication(case, by=by),
        ),
        (
            Status.ANSWERED,
            Verb.RETURN_PUBLIC_TEXT,
            "publisher",
            lambda case, by: pages.return_public_text(case, by=by, note="Sửa."),
        ),
        (
            Status.PUBLISHED,
            Verb.CORRECT,
            "publisher",
            lambda case, by: pages.correct_answer(case, by=by, note="Sửa."),
        ),
    ],
)
def test_where_there_is_nothing_to_move_is_no_button(
    status: Status, verb: Verb, who: str, act: Any, ministry: Ministry, as_user: Any, section: Any
) -> None:
    case, person = make_case(status, ministry), getattr(ministry, who)
    buttons = as_user(person).get(addresses.case_url(case.pk)).context["buttons"]
    assert verb not in [button.verb for button in buttons.all]
    (move,) = [move for move in open_moves(case, scope_of(person)) if move.verb == verb]
    with pytest.raises(NotAllowed) as error:
        act(case, person)
    assert str(error.value) == move.lack != ""


@pytest.mark.parametrize(
    ("case_of", "verb", "who", "act"),
    [
        (_sent, Verb.REQUEST_PUBLICATION, "officer", pages.request_publication),
        (_taken_off, Verb.PUBLISH, "second_publisher", pages.publish_answer),
    ],
)
def test_what_has_no_button_on_the_way_to_the_site_is_refused(
    case_of: Any, verb: Verb, who: str, act: Any, ministry: Ministry, as_user: Any, section: Any
) -> None:
    case, person = case_of(ministry), getattr(ministry, who)
    client, before = as_user(person), case.events.count()
    buttons = client.get(addresses.case_url(case.pk)).context["buttons"]
    assert verb not in [button.verb for button in buttons.all]
    (move,) = [move for move in open_moves(case, scope_of(person)) if move.verb == verb]
    assert move.lack != ""
    with pytest.raises((NotAllowed, GateShut)):
        act(Case.objects.get(pk=case.pk), by=person)
    assert client.post(addresses.move_url(case.pk, verb), {"version": case.version}).status_code == 409
    assert case.events.count() == before


def test_a_button_to_publish_is_shut_for_whom_the_gate_refuses(
    ministry: Ministry, as_user: Any, section: Any
) -> None:
    """What stood on the site returns by any publisher, also by who prepared it."""
    case = _text(ministry, Status.ANSWERED, ministry.publisher, "Trong 90 ngày.")
    shown = []
    for publisher in (ministry.second_publisher, ministry.publisher):
        pages.request_publication(case, by=ministry.officer)
        buttons = as_user(ministry.publisher).get(addresses.case_url(case.pk)).context["buttons"]
        shown += [bool(button.reason) for button in buttons.all if button.verb == Verb.PUBLISH]
        pages.publish_answer(case, by=publisher)
        pages.unpublish_answer(case, by=publisher, note="Nhầm.")
    assert shown == [True, False]


def test_every_guard_is_there() -> None:
    paths = {path for row in TRANSITIONS for path in (row.needs, row.refuses) if path}
    assert [path for path in paths if not callable(import_string(path))] == []
    assert len(paths) > 5


@pytest.mark.parametrize(
    ("status", "verb", "who"),
    [
        (Status.RECEIVED, Verb.FORWARD, "intake"),
        (Status.PROCESSING, Verb.EXTEND_DEADLINE, "head"),
        (Status.DRAFT_REVIEW, Verb.APPROVE_ANSWER, "head"),
        (Status.COORDINATING, Verb.GIVE_OPINION, "other_officer"),
    ],
)
def test_a_move_page_asks_for_rights_and_guards_once(
    status: Status, verb: Verb, who: str, ministry: Ministry, as_user: Any, section: Any
) -> None:
    case = make_case(status, ministry)
    client = as_user(getattr(ministry, who))
    client.get(addresses.move_url(case.pk, verb))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(addresses.move_url(case.pk, verb)).status_code == 200
    asked = [query["sql"] for query in queries if "pakn_portal_case" in query["sql"]]
    assert [sql for sql in asked if asked.count(sql) > 1] == []
