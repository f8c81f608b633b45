"""The authorisation matrix: who may do what, told by the rows of the table and by pressing the buttons."""

from __future__ import annotations

from typing import Any

import pytest

from pakn_portal import clock
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.flow.errors import NotAllowed
from pakn_portal.flow.moving import open_moves
from pakn_portal.people.scope import scope_of
from pakn_portal.routing import actions as routing
from tests.factories import Ministry, make_case

pytestmark = pytest.mark.exhaustive

#: Status → person → the buttons they see, in the order of the table.
BUTTONS: dict[Status, dict[str, str]] = {
    Status.SUBMITTED: {
        "intake": "receive refuse request_supplement classify refer guide mark_duplicate move_to_complaint "
        "move_to_denunciation hold note read_contacts correct_sender",
        "leader": "hold note read_contacts",
        "officer": "",
        "head": "",
        "publisher": "",
        "auditor": "",
        "nobody": "",
    },
    Status.ROUTED: {
        "intake": "recall remind change_urgency move_to_complaint move_to_denunciation hold note "
        "read_contacts correct_sender",
        "focal": "set_inner_due send_back assign hold note read_contacts",
        "officer": "send_back hold note read_contacts",
        "head": "remind set_inner_due send_back assign extend_deadline move_to_complaint "
        "move_to_denunciation hold note read_contacts",
        "leader": "recall remind change_urgency extend_deadline hold note read_contacts",
        "other_officer": "",
        "other_head": "",
        "publisher": "",
    },
    Status.PROCESSING: {
        "officer": "request_supplement send_back request_opinion draft_answer submit_answer hold note "
        "read_contacts",
        "second_officer": "request_supplement send_back request_opinion draft_answer submit_answer hold note "
        "read_contacts",
        "other_officer": "",
        "publisher": "",
    },
    Status.COORDINATING: {
        "other_officer": "give_opinion hold note",
        "officer": "continue_without draft_answer hold note read_contacts",
        "focal": "set_inner_due continue_without draft_answer hold note read_contacts",
        "intake": "remind change_urgency move_to_complaint move_to_denunciation hold note "
        "read_contacts correct_sender",
    },
    Status.DRAFT_REVIEW: {
        "officer": "hold note read_contacts",
        "head": "remind set_inner_due reject_answer approve_answer move_to_complaint move_to_denunciation "
        "hold note read_contacts",
        "leader": "remind change_urgency reject_answer approve_answer hold note read_contacts",
        "intake": "remind change_urgency move_to_complaint move_to_denunciation hold note "
        "read_contacts correct_sender",
        "other_head": "",
    },
    Status.ANSWERED: {
        "officer": "prepare_public_text request_publication hold note read_contacts",
        "publisher": "prepare_public_text request_publication return_public_text publish hold note",
        "intake": "move_to_complaint move_to_denunciation reopen hold note read_contacts correct_sender",
        "other_officer": "",
    },
    Status.DUPLICATE: {
        "intake": "move_to_complaint move_to_denunciation reopen hold note read_contacts correct_sender",
        "leader": "hold note read_contacts",
        "auditor": "",
    },
    Status.COMPLAINT: {
        "intake": "",
        "officer": "",
        "leader": "",
        "auditor": "",
        "inspector": "guide_again hand_over settle take_up_again note",
    },
    Status.DENUNCIATION: {
        "intake": "",
        "head": "",
        "publisher": "",
        "inspector": "guide_again hand_over settle take_up_again note",
    },
    Status.SECRET_HOLD: {
        "officer": "",
        "intake": "",
        "leader": "",
        "inspector": "move_to_complaint move_to_denunciation release_hold confirm_secret note",
    },
    Status.ON_PAPER: {"officer": "", "intake": "", "leader": "", "inspector": "note"},
}
CELLS = [(status, person, verbs) for status, row in BUTTONS.items() for person, verbs in row.items()]


@pytest.mark.parametrize(("status", "person", "verbs"), CELLS)
def test_the_buttons_of_each_person(who: Ministry, status: Status, person: str, verbs: str) -> None:
    case = make_case(status, who)
    offered = [str(row.verb) for row in open_moves(case, scope_of(getattr(who, person)))]
    assert offered == verbs.split()


def test_who_locked_a_case_does_not_confirm_it(who: Ministry) -> None:
    case = make_case(Status.RECEIVED, who)
    actions.hold_case(case, by=who.inspector)
    moves = {move.verb: move.refusal for move in open_moves(case, scope_of(who.inspector))}
    assert [str(verb) for verb, refusal in moves.items() if refusal] == ["confirm_secret"]
    with pytest.raises(NotAllowed):
        actions.confirm_secret(case, by=who.inspector, paper_number="1/BM", paper_dated_on=clock.today())


@pytest.mark.parametrize(("status", "person", "verbs"), CELLS)
def test_who_sees_the_case(who: Ministry, status: Status, person: str, verbs: str) -> None:
    case = make_case(status, who)
    user = getattr(who, person)
    sees_all_plain = person in ("intake", "leader", "auditor") and status not in (
        Status.COMPLAINT,
        Status.DENUNCIATION,
        Status.SECRET_HOLD,
        Status.ON_PAPER,
    )
    expected = bool(verbs) or sees_all_plain or (person == "inspector")
    assert Case.objects.visible_to(user).filter(pk=case.pk).exists() == expected


@pytest.mark.parametrize(
    "person", ["other_officer", "other_head", "publisher", "auditor", "nobody", "administrator"]
)
def test_a_forged_request_is_refused_with_a_sentence(who: Ministry, person: str) -> None:
    case = make_case(Status.RECEIVED, who)
    with pytest.raises(NotAllowed) as refusal:
        routing.forward_case(case, to_unit=who.unit, by=getattr(who, person))
    assert case.number in str(refusal.value)
    case.refresh_from_db()
    assert (case.status, case.lead_unit) == (Status.RECEIVED, None)


def test_a_role_taken_away_takes_effect_at_the_next_request(who: Ministry) -> None:
    case = make_case(Status.SUBMITTED, who)
    who.intake.groups.clear()
    again = type(who.intake).objects.get(pk=who.intake.pk)
    with pytest.raises(NotAllowed):
        actions.receive_case(case, by=again)


def test_a_disabled_account_may_nothing(who: Ministry) -> None:
    who.intake.is_active = False
    who.intake.save()
    with pytest.raises(NotAllowed):
        actions.receive_case(
            make_case(Status.SUBMITTED, who), by=type(who.intake).objects.get(pk=who.intake.pk)
        )


def test_an_anonymous_visitor_may_nothing(who: Ministry) -> None:
    from django.contrib.auth.models import AnonymousUser

    with pytest.raises(NotAllowed):
        actions.receive_case(make_case(Status.SUBMITTED, who), by=AnonymousUser())
    assert list(Case.objects.visible_to(AnonymousUser())) == []


def test_people_of_a_unit_above_see_the_cases_beneath(who: Ministry) -> None:
    who.unit.parent = who.other_unit
    who.unit.save()
    case = make_case(Status.PROCESSING, who)
    boss: Any = type(who.other_head).objects.get(pk=who.other_head.pk)
    assert Case.objects.visible_to(boss).get() == case
    assert Verb.EXTEND_DEADLINE in [row.verb for row in open_moves(case, scope_of(boss))]


def test_an_officer_is_only_named_from_the_lead_unit(who: Ministry) -> None:
    case = make_case(Status.ROUTED, who)
    with pytest.raises(NotAllowed, match="Hà Thị Bích Thủy"):
        routing.assign_case(case, officer=who.other_officer, by=who.focal)
