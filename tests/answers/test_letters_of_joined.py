"""Each sender of a joined case gets the letter to their own name, with nothing of anybody else."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db.models import QuerySet
from django.test import Client

from pakn_portal import clock
from pakn_portal.answers import actions as answers
from pakn_portal.answers.letters.actions import is_doubted, is_theirs, number_letter, past_letters
from pakn_portal.answers.letters.letter import kinds_of, letter_of, words_of
from pakn_portal.answers.letters.proof import is_of_other_act
from pakn_portal.answers.models import OutgoingLetter
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.notifications.by_hand.models import ManualNotice
from pakn_portal.pages.answers.actions import correct_answer
from pakn_portal.routing import actions as routing
from pakn_portal.snippets.enums import LetterKind
from pakn_portal.staff import addresses
from tests.answers.test_together import fresh, joined_to
from tests.factories import Ministry, make_case
from tests.management.test_verify import offences

pytestmark = pytest.mark.django_db


def numbered(case: Case, kind: str, number: str, by: Any) -> OutgoingLetter:
    values = {"signature_title": "TL. BỘ TRƯỞNG", "signatory": "Vũ Đình Khải"}
    return number_letter(case, kind, reference_number=number, dated_on=clock.today(), by=by, **values)


def whole(case: Case, kind: str, record: OutgoingLetter | None = None) -> str:
    made = letter_of(case, LetterKind(kind), record, with_sender=True)
    return "\n".join([made.abstract, *made.addressees, *made.paragraphs])


def test_the_answer_goes_to_each_under_their_own_name(who: Ministry, client: Client) -> None:
    master = make_case(Status.DRAFT_REVIEW, who)
    case = joined_to(master, who, email="")
    assert kinds_of(case) == []
    answers.approve_answer(fresh(master), by=who.head)
    case = fresh(case)
    assert kinds_of(case) == [LetterKind.ANSWER]
    told = whole(case, "answer")
    assert "Lý Thị Hạ" in told and case.number in told
    assert master.number not in told and master.submission.sender.full_name not in told
    assert fresh(master).answer.body.splitlines()[0] in told
    # the screen of whoever has to tell her leads to it
    notice = ManualNotice.objects.open().get(mail__case=case, mail__template="answered_together")
    client.force_login(who.intake)
    page = client.get(addresses.notice_url(case.pk, notice.pk)).content.decode()
    assert addresses.letter_url(case.pk, "answer") in page
    made = client.post(
        addresses.letter_url(case.pk, "answer"), {"reference_number": "08/BNV-VP", "as": "docx"}
    )
    assert made.status_code == 200
    assert OutgoingLetter.objects.get(case=case).words["is_joined"]
    assert offences("I15") == []


def test_a_letter_that_nobody_numbered_is_none(who: Ministry) -> None:
    master = make_case(Status.ANSWERED, who)
    case = joined_to(master, who)
    words = {"is_joined": True, "paragraphs": ["Nộp tiền."]}
    OutgoingLetter.objects.create(case=case, kind="answer", act=3, words=words, made_on=clock.today())
    assert len(offences("I15")) >= 1


def test_an_answer_anew_has_a_letter_of_its_own(who: Ministry) -> None:
    master = make_case(Status.DRAFT_REVIEW, who)
    case = joined_to(master, who)
    answers.approve_answer(fresh(master), by=who.head)
    numbered(fresh(case), "answer", "08/BNV-VP", who.intake)
    actions.reopen_case(fresh(master), by=who.intake, note="Có quy định mới.")
    assert kinds_of(fresh(case)) == []
    assert [letter.reference_number for letter in past_letters(fresh(case))] == ["08/BNV-VP"]
    answers.draft_answer(fresh(master), body="Nộp hồ sơ trong 6 tháng.", by=who.officer)
    answers.submit_answer(fresh(master), by=who.officer)
    answers.approve_answer(fresh(master), by=who.head)
    second = numbered(fresh(case), "answer", "12/BNV-VP", who.intake)
    assert "6 tháng" in whole(fresh(case), "answer", second)
    assert [letter.reference_number for letter in past_letters(fresh(case))] == ["08/BNV-VP"]
    assert offences("I15") == []


def test_what_is_corrected_is_amended_for_each(who: Ministry) -> None:
    master = make_case(Status.PUBLISHED, who)
    case = joined_to(master, who)
    words = {"title": "Trợ cấp", "question": "Bao nhiêu?", "answer": "Mức trợ cấp bằng 60% tiền lương."}
    answers.prepare_public_text(fresh(master), **words, by=who.officer)
    correct_answer(fresh(master), by=who.publisher, note="Mức trợ cấp là 60%.")
    case = fresh(case)
    assert kinds_of(case) == [LetterKind.ANSWER, LetterKind.CORRECTION]
    told = whole(case, "correction", numbered(case, "correction", "09/BNV-VP", who.intake))
    for part in ("Lý Thị Hạ", case.number, "Mức trợ cấp là 60%.", "bằng 60% tiền lương"):
        assert part in told
    assert master.number not in told and master.submission.sender.full_name not in told
    assert offences("I15") == []


def answered(case: Case, who: Ministry, body: str) -> int:
    """The case answered in these words; the sequence of its approval."""
    answers.draft_answer(fresh(case), body=body, outcome="explained", by=who.officer)
    answers.submit_answer(fresh(case), by=who.officer)
    answers.approve_answer(fresh(case), by=who.head)
    line = case.events.filter(verb=Verb.APPROVE_ANSWER).order_by("sequence").last()
    assert line is not None
    return int(line.sequence)


def told_by_two(who: Ministry) -> tuple[Case, Case, Case]:
    """A case with a numbered letter of its first lead, joined to the second since; both leads. Their
    approvals are the same line of each.
    """
    first, second = make_case(Status.PROCESSING, who), make_case(Status.PROCESSING, who)
    case = joined_to(first, who)
    act = answered(first, who, "Nộp hồ sơ trong 3 tháng.")
    numbered(fresh(case), "answer", "08/BNV-VP", who.intake)
    actions.reopen_case(fresh(case), by=who.intake, note="Gộp nhầm.")
    assert answered(second, who, "Mức trợ cấp là 60%.") == act
    actions.mark_duplicate(fresh(case), master=fresh(second), by=who.intake)
    return fresh(case), fresh(first), fresh(second)


def test_the_letter_of_another_lead_is_a_past_one(who: Ministry, client: Client) -> None:
    case, first, second = told_by_two(who)
    (past,) = past_letters(case)
    assert (past.reference_number, past.lead) == ("08/BNV-VP", first)
    client.force_login(who.intake)
    shown = client.get(addresses.letter_url(case.pk, "answer"))
    assert not shown.context["doubt"]
    assert "60%" in "".join(shown.context["letter"].paragraphs)
    numbered(case, "answer", "12/BNV-VP", who.intake)
    assert {letter.lead: letter.reference_number for letter in OutgoingLetter.objects.filter(case=case)} == {
        first: "08/BNV-VP",
        second: "12/BNV-VP",
    }
    # that of before is found by its own address, and is as it left
    letters = client.get(addresses.case_url(case.pk)).context["letters"]
    (url,) = [url for label, url in letters if "08/BNV-VP" in label]
    before = client.get(url)
    assert before.context["letter"].number == "08/BNV-VP" and not before.context["doubt"]
    assert "3 tháng" in "".join(before.context["letter"].paragraphs)
    assert offences("I15") == []


def test_nothing_of_a_former_lead_that_is_a_secret_is_left(who: Ministry) -> None:
    case, first, _second = told_by_two(who)
    actions.hold_case(first, by=who.leader, note="Có dấu MẬT.")
    today = clock.today()
    actions.confirm_secret(fresh(first), by=who.inspector, paper_number="1/BM", paper_dated_on=today)
    assert not past_letters(fresh(case))
    assert offences("I15") == []
    assert [line for line in offences("I18") if "letter" in line] == []


def test_a_letter_that_is_put_to_another_lead_is_doubted(who: Ministry, client: Client) -> None:
    case, _first, second = told_by_two(who)
    letter = OutgoingLetter.objects.get(case=case)
    QuerySet(OutgoingLetter).filter(pk=letter.pk).update(lead=second)
    assert len(offences("I15")) >= 1
    client.force_login(who.intake)
    assert client.get(addresses.letter_url(case.pk, "answer")).context["doubt"]


def test_a_letter_with_other_words_than_its_lead_approved_is_an_offence(who: Ministry) -> None:
    case, _first, _second = told_by_two(who)
    letter = numbered(case, "answer", "12/BNV-VP", who.intake)
    assert offences("I15") == []
    words = {**letter.words, "paragraphs": ["Nộp hồ sơ trong 3 tháng."]}
    QuerySet(OutgoingLetter).filter(pk=letter.pk).update(words=words)
    letter.refresh_from_db()
    assert is_of_other_act(letter)
    assert any("joined to" in offence for offence in offences("I15"))


def test_an_own_answer_has_a_letter_beside_that_of_the_lead(who: Ministry) -> None:
    lead = make_case(Status.PROCESSING, who)
    for number in range(10):
        actions.add_note(fresh(lead), by=who.officer, note=f"Việc {number}.")
    case = joined_to(lead, who)
    act = answered(lead, who, "Nộp hồ sơ trong 3 tháng.")
    numbered(fresh(case), "answer", "08/BNV-VP", who.intake)
    actions.reopen_case(fresh(case), by=who.intake, note="Khác việc.")
    routing.forward_case(fresh(case), to_unit=who.unit, by=who.intake)
    routing.assign_case(fresh(case), officer=who.officer, by=who.head)
    while case.events.count() < act - 3:
        actions.add_note(fresh(case), by=who.officer, note="Đang làm.")
    assert answered(case, who, "Mức trợ cấp là 60%.") == act
    own = numbered(fresh(case), "answer", "12/BNV-VP", who.intake)
    assert (own.act, own.lead) == (act, None)
    assert "60%" in whole(fresh(case), "answer", own)
    assert [(letter.act, letter.lead) for letter in past_letters(fresh(case))] == [(act, lead)]
    assert offences("I15") == []


def test_the_unit_of_the_lead_corrects_its_letter(who: Ministry) -> None:
    case, first, _second = told_by_two(who)
    (past,) = past_letters(case)
    assert is_theirs(past, who.head)
    assert not is_theirs(past, who.other_head)
    own = case.events.filter(sequence=past.act).first()
    assert own is None or own.state.get("lead_unit_id") is None
    values = {"reference_number": "09/BNV-VP", "dated_on": clock.today()}
    values |= {"signature_title": past.signature_title, "signatory": past.signatory}
    more = {"act": past.act, "lead": first.pk, "reason": "Ghi nhầm số."}
    number_letter(case, "answer", **values, **more, by=who.intake)
    assert OutgoingLetter.objects.get(case=case).reference_number == "09/BNV-VP"
    assert offences("I15") == []


def test_a_letter_of_before_has_the_lead_that_it_was_numbered_for(who: Ministry, monkeypatch: Any) -> None:
    def words_of_before(*args: Any) -> dict[str, Any]:
        return {name: value for name, value in words_of(*args).items() if name != "lead"}

    monkeypatch.setattr("pakn_portal.answers.letters.actions.words_of", words_of_before)
    case, first, _second = told_by_two(who)
    monkeypatch.undo()
    assert "lead" not in case.events.get(data__letter="answer").data
    QuerySet(OutgoingLetter).filter(case=case).update(lead=None)
    import_module("pakn_portal.migrations.0077_letters_by_lead").keep_leads(apps, None)
    (past,) = past_letters(case)
    assert past.lead == first
    assert not is_doubted(case, "answer", past.act, past)
    numbered(case, "answer", "12/BNV-VP", who.intake)
    assert [letter.lead for letter in past_letters(case)] == [first]
    assert offences("I15") == []
