"""An act that must reach the sender in writing says so beforehand, in the register, to the sender."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.events import CaseRefused, Notified, SettledAs
from pakn_portal.cases.models import Case
from pakn_portal.notifications.outbox.sending import send_due_mails
from pakn_portal.pages.tracking.words import milestones
from pakn_portal.register.payloads import Payload
from pakn_portal.routing import actions as routing
from pakn_portal.snippets.enums import Step
from pakn_portal.snippets.models import Agency, DeadlineRule, RefusalReason
from pakn_portal.staff.addresses import case_url, move_url
from tests.factories import Ministry, make_case, make_ministry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("section")]

NO_MAIL = {"sender": {"email": ""}}
#: What the form says before, by whether the sender has an address.
BEFORE = {
    "mail": "Phải thông báo bằng văn bản: thư điện tử gửi người gửi",
    "paper": "Phải thông báo bằng văn bản: in và gửi qua bưu điện",
}
REGISTER = {
    "mail": "; thông báo bằng văn bản qua thư điện tử",
    "paper": "; thông báo bằng văn bản giấy, gửi qua bưu điện",
}
TRACKING = {
    "mail": "Thông báo bằng văn bản đã gửi ông/bà qua thư điện tử.",
    "paper": "Thông báo bằng văn bản sẽ gửi ông/bà qua bưu điện.",
}


@pytest.fixture
def who() -> Ministry:
    return make_ministry()


def test_what_has_no_place_for_a_written_notice_takes_none() -> None:
    """It would lose what else it tells."""
    assert Notified.by("mail", Payload(due_on=date(2026, 6, 1))).as_data() == {
        "due_on": "2026-06-01",
        "written_notice": "mail",
    }
    assert Notified.by("mail", CaseRefused(reason="spam")) == CaseRefused(
        reason="spam", written_notice="mail"
    )
    with pytest.raises(TypeError, match="written notice"):
        Notified.by("mail", SettledAs(settled_as="handed_over"))


def ask(case: Case, who: Ministry) -> None:
    actions.request_supplement(case, by=who.intake, note="Xin nêu rõ ngày nghỉ việc.")


def extend(case: Case, who: Ministry) -> None:
    routing.extend_deadline(case, by=who.head, note="Cần xác minh tại địa phương.")


def refer(case: Case, who: Ministry) -> None:
    actions.refer_case(case, agency=Agency.objects.all()[0], by=who.intake)


ACTS: dict[Verb, tuple[Step, Status, Any, str]] = {
    Verb.REQUEST_SUPPLEMENT: (Step.SUPPLEMENT, Status.RECEIVED, ask, "intake"),
    Verb.EXTEND_DEADLINE: (Step.EXTENSION, Status.PROCESSING, extend, "head"),
    Verb.REFER: (Step.REFER, Status.RECEIVED, refer, "intake"),
}


def page(user: Any, address: str) -> str:
    client = Client()
    client.force_login(user)
    return " ".join(client.get(address).content.decode().split())


@pytest.mark.parametrize("is_asked_for", [True, False])
@pytest.mark.parametrize("way", ["mail", "paper"])
@pytest.mark.parametrize("verb", ACTS)
def test_an_act_whose_rule_wants_it(verb: Verb, way: str, is_asked_for: bool, who: Ministry) -> None:
    step, status, act, role = ACTS[verb]
    DeadlineRule.objects.filter(step=step).update(needs_written_notice=is_asked_for)
    case = make_case(status, who, **(NO_MAIL if way == "paper" else {}))
    assert (BEFORE[way] in page(getattr(who, role), move_url(case.pk, verb))) is is_asked_for
    act(case, who)
    _told_everywhere(case, verb, way if is_asked_for else None, who)


@pytest.mark.parametrize("code", ["court_judgment", "spam"])
@pytest.mark.parametrize("way", ["mail", "paper"])
def test_a_refusal_whose_reason_wants_it(code: str, way: str, who: Ministry) -> None:
    case = make_case(Status.RECEIVED, who, **(NO_MAIL if way == "paper" else {}))
    form = page(who.intake, move_url(case.pk, Verb.REFUSE))
    wanted = RefusalReason.objects.filter(is_active=True, needs_written_notice=True)
    told = [reason for reason in wanted if reason.code not in actions.INSTEAD_OF_REFUSING]
    assert form.count("Phải thông báo bằng văn bản.") == len(told) > 0
    reason = RefusalReason.objects.get(code=code)
    actions.refuse_case(case, reason=reason, by=who.intake)
    _told_everywhere(case, Verb.REFUSE, way if reason.needs_written_notice else None, who)


def test_a_complaint_is_guided_in_writing(who: Ministry) -> None:
    case = make_case(Status.RECEIVED, who)
    assert BEFORE["mail"] in page(who.intake, move_url(case.pk, Verb.MOVE_TO_COMPLAINT))
    actions.move_to_complaint(case, by=who.intake)
    assert case.events.last().data["written_notice"] == "mail"


def _told_everywhere(case: Case, verb: Verb, way: str | None, who: Ministry) -> None:
    event = case.events.order_by("sequence").last()
    assert event is not None
    assert (event.verb, event.data.get("written_notice")) == (verb, way)
    register = page(who.intake, case_url(case.pk))
    assert [each for each in REGISTER if REGISTER[each] in register] == ([way] if way else [])
    sentence = milestones(Case.objects.get(pk=case.pk))[-1].sentence
    assert [each for each in TRACKING if TRACKING[each] in sentence] == ([way] if way else [])
    send_due_mails()
    mails = [sent.body for sent in mail.outbox if "Thư này là thông báo bằng văn bản của Bộ" in sent.body]
    assert len(mails) == (1 if way == "mail" else 0)


def test_a_step_that_tells_the_sender_nothing_has_no_notice() -> None:
    rule = DeadlineRule.objects.filter(step=Step.INTAKE)[0]
    rule.needs_written_notice = True
    with pytest.raises(ValidationError, match="Bước này không báo gì cho người gửi"):
        rule.full_clean()
