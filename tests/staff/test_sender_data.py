"""The right over one's own data: corrected, erased, an agreement taken back; and what proves it."""

from __future__ import annotations

from typing import Any

import pytest

from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.cases.names import Names
from pakn_portal.cases.sentences import WRITERS
from pakn_portal.flow.errors import MoveError, NotAllowed
from pakn_portal.notifications.by_hand.actions import give_notice
from pakn_portal.notifications.by_hand.models import ManualNotice
from pakn_portal.notifications.outbox.sending import send_due_mails
from pakn_portal.people.scope import scope_of
from pakn_portal.register.models import TextSalts
from pakn_portal.staff import addresses
from pakn_portal.submissions.models import Sender
from pakn_portal.submissions.secrets import issue_grant
from pakn_portal.submissions.secrets.mail_links import issue_mail_token, submission_of_token
from pakn_portal.submissions.tracking import find_by_grant
from tests.factories import Ministry, make_case
from tests.management.test_alterations import verify
from tests.staff.test_notices import BY_POST

pytestmark = pytest.mark.django_db


def _sender(case: Case) -> Sender:
    return Sender.objects.get(submission__case=case)


def _values(case: Case) -> dict[str, Any]:
    return Sender.objects.filter(submission__case=case).values().get()


def test_what_is_corrected_is_proved_and_what_was_there_is_not(ministry: Ministry) -> None:
    case = make_case()
    first = case.events.get(sequence=1)
    actions.correct_sender(case, values={"phone": "0900000999", "address": ""}, by=ministry.intake)
    sender = _sender(case)
    assert (sender.phone, sender.address) == ("0900000999", "")
    line = case.events.get(verb=Verb.CORRECT_SENDER)
    assert line.data == {"changed": ["address", "phone"], "erased": ["address"]}
    salts = TextSalts.objects.get(pk=first.hash).salts
    assert not {"sender.phone", "sender.address"} & salts.keys()
    assert "sender.full_name" in salts
    assert verify().splitlines()[-1] == "20 invariants checked, 0 offences."
    Sender.objects.filter(pk=sender.pk).update(phone="0900000998")
    assert "sender.phone is not what line" in verify()


def test_the_history_says_which_and_never_what(ministry: Ministry) -> None:
    case = make_case(wants_name_published=True)
    actions.correct_sender(
        case, values={"phone": "0900000999", "email": ""}, takes_back_name=True, by=ministry.intake
    )
    line = case.events.get(verb=Verb.CORRECT_SENDER)
    told = WRITERS[Verb.CORRECT_SENDER](line, "Nguyễn An", Names(case, [line], scope_of(ministry.intake)))
    assert "điện thoại" in told and "thư điện tử" in told and "rút lại" in told
    assert "0900000999" not in f"{line.data} {told} {line.note}"
    case.submission.refresh_from_db()
    assert case.submission.wants_name_published is False


@pytest.mark.parametrize("mailbox", ["dung@example.vn", ""])
def test_the_mailbox_of_before_opens_nothing_more(ministry: Ministry, mailbox: str) -> None:
    """What lies there may be in a stranger's hands. The code that the sender keeps stays valid."""
    case = make_case(Status.PROCESSING, ministry)
    secret_hash = case.submission.secret_hash
    token, grant = issue_mail_token(case.submission), issue_grant(case.submission)
    actions.correct_sender(case, values={"phone": "0900000999"}, by=ministry.intake)
    assert submission_of_token(token) is not None and find_by_grant(grant) is not None
    actions.correct_sender(case, values={"email": mailbox}, by=ministry.intake)
    assert submission_of_token(token) is None and find_by_grant(grant) is None
    case.submission.refresh_from_db()
    assert case.submission.secret_hash == secret_hash
    assert submission_of_token(issue_mail_token(case.submission)) is not None


def test_a_corrected_name_is_what_staff_find(ministry: Ministry, as_user: Any) -> None:
    case = make_case()
    actions.correct_sender(case, values={"full_name": "Võ Thị Sáng"}, by=ministry.intake)
    rows = as_user(ministry.intake).get(addresses.list_url(q="vo thi sang")).context["rows"]
    assert [row.case.pk for row in rows] == [case.pk]


@pytest.mark.parametrize(
    "values",
    [{}, {"full_name": ""}, dict.fromkeys(("phone", "email", "address"), "")],
    ids=["nothing", "no name", "no way to reach them"],
)
def test_what_is_refused_changes_nothing(ministry: Ministry, values: dict[str, str]) -> None:
    case = make_case()
    before = _values(case)
    with pytest.raises(NotAllowed):
        actions.correct_sender(case, values=values, by=ministry.intake)
    assert _values(case) == before
    assert not case.events.filter(verb=Verb.CORRECT_SENDER).exists()


def test_all_contacts_are_erased_once_nobody_waits(ministry: Ministry) -> None:
    case = make_case(Status.WITHDRAWN, ministry)
    send_due_mails()
    gone = dict.fromkeys(("phone", "email", "address", "province"), "")
    actions.correct_sender(case, values=gone, by=ministry.intake)
    assert not any(getattr(_sender(case), name) for name in gone)
    assert verify().splitlines()[-1] == "20 invariants checked, 0 offences."


def test_one_way_stays_while_somebody_is_still_to_be_told(ministry: Ministry) -> None:
    gone = dict.fromkeys(("phone", "email", "address"), "")
    by_mail, by_post = make_case(Status.ANSWERED, ministry), make_case(Status.ANSWERED, ministry, **BY_POST)
    lead, joined = make_case(Status.PROCESSING, ministry), make_case(Status.RECEIVED, ministry)
    actions.mark_duplicate(joined, master=lead, by=ministry.intake)
    with pytest.raises(NotAllowed, match="chưa báo"):
        actions.correct_sender(by_mail, values=gone, by=ministry.intake)
    send_due_mails()
    actions.correct_sender(Case.objects.get(pk=by_mail.pk), values=gone, by=ministry.intake)
    with pytest.raises(NotAllowed, match="chưa báo"):
        actions.correct_sender(by_post, values=gone, by=ministry.intake)
    give_notice(ManualNotice.objects.leading().get(mail__case=by_post), way="letter", by=ministry.intake)
    actions.correct_sender(Case.objects.get(pk=by_post.pk), values=gone, by=ministry.intake)
    with pytest.raises(NotAllowed, match="còn chờ trả lời"):
        actions.correct_sender(Case.objects.get(pk=joined.pk), values=gone, by=ministry.intake)


@pytest.mark.parametrize("who", ["officer", "head", "leader", "publisher", "inspector"])
def test_nobody_but_the_office(ministry: Ministry, who: str) -> None:
    case = make_case(Status.PROCESSING, ministry)
    with pytest.raises(MoveError):
        actions.correct_sender(case, values={"phone": "0900000999"}, by=getattr(ministry, who))


def test_the_form_shows_nothing_of_it_and_keeps_what_was_typed(ministry: Ministry, as_user: Any) -> None:
    case, client = make_case(), as_user(ministry.intake)
    address = addresses.move_url(case.pk, Verb.CORRECT_SENDER)
    sender = _sender(case)
    page = client.get(address).content.decode()
    assert sender.phone not in page and sender.email not in page
    data = {"version": case.version, "phone": "0900 000 999", "erased": ["phone"], "note": "Gọi lại rồi."}
    again = client.post(address, data).content.decode()
    assert "không chọn cả hai" in again and "0900 000 999" in again
    client.post(address, {**data, "erased": ["address"]})
    sender.refresh_from_db()
    assert (sender.phone, sender.address) == ("0900000999", "")
