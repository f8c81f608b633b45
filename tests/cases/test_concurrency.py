"""Two people, two threads, one case. On SQLite and on PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from pakn_portal import clock
from pakn_portal.answers import actions as answers
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.intake import add_to
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.cases.register import broken_lines
from pakn_portal.cases.tasks import close_unanswered_cases
from pakn_portal.flow.errors import Conflict, MoveError
from pakn_portal.management.verify.joined import told
from pakn_portal.management.verify.progress import silent
from pakn_portal.routing import actions as routing
from pakn_portal.snippets.models import RefusalReason, Unit
from pakn_portal.staff import addresses
from pakn_portal.submissions.models import NumberSequence, Supplement
from tests.factories import Ministry, make_case, make_lists, make_ministry, make_submission

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Each act in a thread of its own, from the same start; results or the exceptions raised."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            barrier.wait(timeout=60)
            return act()
        except Exception as error:  # the tests look at it
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_of_two_that_forward_one_wins_and_the_other_is_told() -> None:
    """F11."""
    who = make_ministry()
    case = make_case(Status.RECEIVED, who)
    mine, theirs = Case.objects.get(pk=case.pk), Case.objects.get(pk=case.pk)
    results = at_once(
        lambda: routing.forward_case(mine, to_unit=who.unit, by=who.intake),
        lambda: routing.forward_case(theirs, to_unit=who.other_unit, by=who.leader),
    )
    (error,) = [result for result in results if result is not None]
    assert isinstance(error, Conflict)
    winner = case.events.get(verb=Verb.FORWARD)
    assert winner.by.get_full_name() in str(error)
    case.refresh_from_db()
    assert (case.status, case.lead_unit) == (Status.ROUTED, winner.unit)
    assert list(broken_lines(case)) == []


def test_many_at_once_make_one_line() -> None:
    who = make_ministry()
    case = make_case(Status.SUBMITTED, who)
    copies = [Case.objects.get(pk=case.pk) for _copy in range(6)]
    results = at_once(*(lambda copy=copy: actions.receive_case(copy, by=who.intake) for copy in copies))
    assert sorted(type(result).__name__ for result in results) == ["Conflict"] * 5 + ["NoneType"]
    assert list(case.events.values_list("verb", flat=True)) == ["submit", "receive"]


def test_numbers_have_no_twins_and_no_gaps() -> None:
    """I12: also when some of the transactions are undone."""
    make_lists()

    def send(is_undone: bool) -> str:
        with transaction.atomic():
            case = actions.open_case(make_submission())
            transaction.set_rollback(is_undone)
        return "" if is_undone else case.number

    results = at_once(*(lambda n=n: send(n % 4 == 3) for n in range(8)))
    assert [result for result in results if isinstance(result, Exception)] == []
    numbers = sorted(result for result in results if result)
    year = Case.objects.all()[0].created_at.year
    assert numbers == [f"PAKN-{year}-{place:06d}" for place in range(1, 7)]
    assert NumberSequence.objects.get(year=year).last == 6


def test_two_workers_close_a_silent_case_once() -> None:
    who = make_ministry()
    case = make_case(Status.NEED_INFO, who)
    Case.objects.filter(pk=case.pk).update(supplement_due_on="2020-01-01")
    results = at_once(close_unanswered_cases, close_unanswered_cases)
    assert sorted(results) == [0, 1]
    assert case.events.filter(verb=Verb.REFUSE).count() == 1


def test_a_refused_verb_leaves_the_case_free_for_the_next() -> None:
    who = make_ministry()
    case = make_case(Status.SUBMITTED, who)
    stale = Case.objects.get(pk=case.pk)
    stale.version += 1
    with pytest.raises(Conflict):
        actions.receive_case(stale, by=who.intake)
    actions.refuse_case(case, reason=RefusalReason.objects.all()[0], by=who.intake)
    assert case.status == Status.REJECTED


#: After the forwarding: from where, and the act.
ON_THE_WAY: dict[Verb, tuple[Status, Callable[[Case, Ministry], Any]]] = {
    Verb.RECALL: (
        Status.ROUTED,
        lambda case, who: routing.recall_case(case, by=who.intake, note="Nhầm đơn vị."),
    ),
    Verb.REMIND: (Status.PROCESSING, lambda case, who: routing.remind_unit(case, by=who.head)),
    Verb.CHANGE_URGENCY: (
        Status.PROCESSING,
        lambda case, who: routing.change_urgency(case, urgency="express", by=who.intake, note="Gấp."),
    ),
    Verb.SET_INNER_DUE: (
        Status.PROCESSING,
        lambda case, who: routing.set_inner_due(case, on=case.due_on, by=who.head),
    ),
}


@pytest.mark.parametrize("verb", ON_THE_WAY)
def test_of_two_who_do_the_same_one_is_told(verb: Verb) -> None:
    """A reminder changes nothing, so nobody stands in its way: both are written."""
    who = make_ministry()
    status, act = ON_THE_WAY[verb]
    done = 2 if verb == Verb.REMIND else 1
    for number in range(ROUNDS):
        case = make_case(status, who)
        results = at_once(*(partial(act, fresh(case), who) for _each in range(2)))
        assert [type(result) for result in results if result] == [Conflict] * (2 - done), (number, results)
        assert case.events.filter(verb=verb).count() == done
        assert list(broken_lines(fresh(case))) == []


@pytest.mark.parametrize("verb", ON_THE_WAY)
def test_a_case_that_moves_on_in_this_moment(verb: Verb) -> None:
    """The act is done before the move or refused; it never lands on the case of another unit."""
    who = make_ministry()
    status, act = ON_THE_WAY[verb]
    for number in range(ROUNDS):
        case = make_case(status, who)
        move = (
            partial(routing.assign_case, fresh(case), officer=who.officer, by=who.focal)
            if status == Status.ROUTED
            else partial(answers.draft_answer, fresh(case), body="Trả lời.", legal_bases="", by=who.officer)
        )
        results = at_once(partial(act, fresh(case), who), move)
        refused = [isinstance(result, MoveError) for result in results if isinstance(result, Exception)]
        assert refused == [True] or (verb == Verb.REMIND and not refused), (number, results)
        assert verb != Verb.REMIND or not isinstance(results[1], Exception), (number, results)
        assert case.events.filter(verb=verb).exists() == (results[0] is None), number
        assert list(broken_lines(fresh(case))) == []


def test_two_who_forward_the_same_ten_at_once() -> None:
    """By the button for many: each case is forwarded once, by one of the two, and the other is told."""
    who = make_ministry()
    cases = [make_case(Status.RECEIVED, who) for _number in range(10)]
    clients = [Client(), Client()]
    for client, user in zip(clients, (who.intake, who.leader), strict=True):
        client.force_login(user)
    data = {
        "verb": Verb.FORWARD,
        "id": [case.pk for case in cases],
        "version": [f"{case.pk}:{case.version}" for case in cases],
        "to_unit": who.unit.pk,
    }
    pages = at_once(*(partial(client.post, addresses.bulk_url(), data) for client in clients))
    for page, user in zip(pages, (who.intake, who.leader), strict=True):
        done = CaseEvent.objects.filter(verb=Verb.FORWARD, by=user).count()
        assert page.content.decode().count("đã làm trước") == len(cases) - done
    for case in cases:
        assert case.events.filter(verb=Verb.FORWARD).count() == 1
        assert list(broken_lines(fresh(case))) == []
    assert list(told(silent)) == []


#: Of each pair.
ROUNDS = 12


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_two_cases_joined_to_each_other_leave_one_that_is_handled() -> None:
    who = make_ministry()
    for number in range(ROUNDS):
        one, two = make_case(Status.RECEIVED, who), make_case(Status.RECEIVED, who)
        mine, theirs = (fresh(one), fresh(two)), (fresh(two), fresh(one))
        results = at_once(
            partial(actions.mark_duplicate, mine[0], master=mine[1], by=who.intake),
            partial(actions.mark_duplicate, theirs[0], master=theirs[1], by=who.intake),
        )
        assert sorted(isinstance(result, MoveError) for result in results) == [False, True], (number, results)
        assert sorted(fresh(case).is_open for case in (one, two)) == [False, True], number
    assert list(told(silent)) == []


def _refuse(case: Case, who: Ministry) -> None:
    reason = RefusalReason.objects.exclude(code__in=actions.INSTEAD_OF_REFUSING)[0]
    actions.refuse_case(case, reason=reason, by=who.intake)


END_NOW: dict[str, Callable[[Case, Ministry], Any]] = {
    "withdraw": lambda case, who: actions.withdraw_case(case),
    "refuse": _refuse,
    "complaint": lambda case, who: actions.move_to_complaint(case, by=who.intake),
    "duplicate": lambda case, who: actions.mark_duplicate(
        case, master=make_case(Status.RECEIVED, who), by=who.intake
    ),
    "hold": lambda case, who: actions.hold_case(case, by=who.intake),
}


@pytest.mark.parametrize("how", END_NOW)
def test_joined_to_a_case_that_ends_in_this_moment(how: str) -> None:
    """Joined before, so that somebody is told, or refused."""
    who = make_ministry()
    for number in range(ROUNDS):
        case, master = make_case(Status.RECEIVED, who), make_case(Status.RECEIVED, who)
        results = at_once(
            partial(actions.mark_duplicate, fresh(case), master=fresh(master), by=who.intake),
            partial(END_NOW[how], fresh(master), who),
        )
        # where it takes joined cases along, it may be told to look again
        assert results[1] is None or (how == "duplicate" and isinstance(results[1], Conflict)), results
        assert results[0] is None or isinstance(results[0], MoveError), (number, results)
        assert (fresh(case).status == Status.DUPLICATE) == (results[0] is None)
        assert list(told(silent)) == [], number


def test_of_release_and_confirmation_one_counts() -> None:
    """Either it is as it was, or nothing of it is left; never something in between."""
    who = make_ministry()
    for number in range(ROUNDS):
        case = make_case(Status.SECRET_HOLD, who)
        results = at_once(
            partial(actions.release_hold, fresh(case), by=who.inspector, note="Không có bí mật."),
            partial(
                actions.confirm_secret,
                fresh(case),
                by=who.inspector,
                paper_number=f"{number}/BMNN",
                paper_dated_on=clock.today(),
            ),
        )
        assert sorted(isinstance(result, Conflict) for result in results) == [False, True], results
        now = Case.objects.select_related("submission").get(pk=case.pk)
        is_wiped = now.submission.content == ""
        assert (now.status == Status.ON_PAPER) == is_wiped == (results[1] is None)
        assert list(broken_lines(now)) == []


def test_what_the_sender_adds_in_this_moment_is_wiped_or_refused() -> None:
    who = make_ministry()
    for number in range(ROUNDS):
        case = make_case(Status.NEED_INFO, who)
        actions.hold_case(case, by=who.intake)
        results = at_once(
            partial(add_to, fresh(case), content="Thêm."),
            partial(
                actions.confirm_secret,
                fresh(case),
                by=who.inspector,
                paper_number=f"{number}/BMNN",
                paper_dated_on=clock.today(),
            ),
        )
        assert results[1] is None, results
        assert isinstance(results[0], MoveError) or results[0] is None or results[0].pk
        assert not Supplement.objects.exclude(content="").exists(), number
        assert list(broken_lines(fresh(case))) == []


def test_a_case_is_not_forwarded_to_a_unit_that_is_closed_in_this_moment() -> None:
    """Whoever closes it finds the case with it, or the case is not sent there."""
    who = make_ministry()
    for number in range(ROUNDS):
        case = make_case(Status.RECEIVED, who)
        Unit.objects.filter(pk=who.unit.pk).update(is_active=True)
        seen = Unit.objects.get(pk=who.unit.pk)
        with_it: list[bool] = []

        def close(case: Case = case, with_it: list[bool] = with_it) -> None:
            with transaction.atomic():
                Unit.objects.filter(pk=who.unit.pk).update(is_active=False)
                with_it.append(fresh(case).lead_unit_id is not None)

        results = at_once(partial(routing.forward_case, fresh(case), to_unit=seen, by=who.intake), close)
        is_refused = isinstance(results[0], MoveError)
        assert results[1] is None and (is_refused or results[0] is None), (number, results)
        assert with_it == [not is_refused], (number, results)


def test_a_closed_unit_is_not_asked_either() -> None:
    who = make_ministry()
    case, seen = make_case(Status.PROCESSING, who), Unit.objects.get(pk=who.other_unit.pk)
    Unit.objects.filter(pk=seen.pk).update(is_active=False)
    with pytest.raises(MoveError, match=str(seen)):
        routing.request_opinion(case, unit=seen, by=who.officer, note="Ý kiến?")
