"""Each sender of a joined case gets the letter to their own name, with nothing of anybody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from pakn_portal import clock
from pakn_portal.answers import actions as answers
from pakn_portal.answers.letters.actions import number_letter, past_letters
from pakn_portal.answers.letters.letter import kinds_of, letter_of
from pakn_portal.answers.models import OutgoingLetter
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case
from pakn_portal.notifications.by_hand.models import ManualNotice
from pakn_portal.pages.answers.actions import correct_answer
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
