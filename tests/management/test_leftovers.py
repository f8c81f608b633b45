"""Of a confirmed state secret `pakn_verify` finds each kind of thing that was left behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from wagtail.models import Revision

from pakn_portal import clock
from pakn_portal.answers.models import Answer, OutgoingLetter, PublicFile, PublicText
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case, CaseFile
from pakn_portal.cases.places import place_of
from pakn_portal.management.verify.leftovers import wiped
from pakn_portal.management.verify.progress import silent
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.pages.models import AnswerPage
from pakn_portal.register.models import TextSalts
from pakn_portal.search.models import ArchiveEntry
from pakn_portal.similar.models import SimilarBand
from pakn_portal.submissions.models import (
    Attachment,
    KeptWords,
    LeftWords,
    Sender,
    Submission,
    Supplement,
    UploadTray,
)
from tests.factories import Ministry, make_case, make_ministry

pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive]

FILE = {"name": "a.pdf", "size": 1, "content_type": "application/pdf", "sha256": "-"}


def _file() -> Any:
    return ContentFile(b"x", name="a.pdf")


def _page(case: Case) -> Any:
    return AnswerPage.objects.filter(public_text__case=case)


def _revision(case: Case, who: Ministry) -> None:
    found = Revision.page_revisions.filter(object_id=str(_page(case).get().pk)).first()
    assert found is not None
    Revision.objects.filter(pk=found.pk).update(content={**found.content, "unpublished_reason": "Lời"})


def _draft_file(case: Case, who: Ministry) -> None:
    UploadTray.objects.create(key="k", place=place_of(case.pk, "note"), opened_at=_before())
    Attachment.objects.create(upload_key="k", file=_file(), **FILE)


def _note(case: Case, who: Ministry) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pakn_portal_caseevent SET note=%s WHERE case_id=%s AND sequence=2", ["Lời", case.pk]
        )


def _before() -> Any:
    return clock.now() - timedelta(days=1)


LEFT: dict[str, Callable[[Case, Ministry], Any]] = {
    "what was sent": lambda case, who: Submission.objects.filter(case=case).update(content="Lời"),
    "its sender": lambda case, who: Sender.objects.filter(pk=case.submission.sender_id).update(phone="09"),
    "what was added to it": lambda case, who: Supplement.objects.create(
        submission=case.submission, content="Lời"
    ),
    "a file of its sender": lambda case, who: Attachment.objects.create(
        submission=case.submission, file=_file(), **FILE
    ),
    "a file of staff": lambda case, who: CaseFile.objects.create(
        case=case, attached_by=who.officer, file=_file(), **FILE
    ),
    "an answer": lambda case, who: Answer.objects.create(
        case=case, body="Lời", written_by=who.officer, written_at=clock.now()
    ),
    "a public text": lambda case, who: PublicText.objects.filter(case=case).update(answer="Lời"),
    "a public file": lambda case, who: PublicFile.objects.create(text=case.public_text, file=_file(), **FILE),
    "a letter": lambda case, who: OutgoingLetter.objects.create(case=case, kind="answer", signatory="Lời"),
    "a letter to the sender of a joined case": lambda case, who: OutgoingLetter.objects.create(
        case=make_case(Status.RECEIVED, who), lead=case, kind="answer", signatory="Lời"
    ),
    "a digest of its words": lambda case, who: SimilarBand.objects.create(
        kind="submission", subject=case.submission_id, value=1, key_id="k"
    ),
    "the reason of an extension": lambda case, who: case.extensions.create(
        amount=1, unit="wd", reason="Lời", granted_on=clock.today()
    ),
    "a page": lambda case, who: _page(case).update(public_slug="hoi-ve-mat"),
    "an index row": lambda case, who: ArchiveEntry.objects.filter(page__in=_page(case)).update(answer="Lời"),
    "a revision of its page": _revision,
    "the words of a mail": lambda case, who: OutgoingMail.objects.filter(case=case).update(
        context={"note": "Lời"}, created_at=_before()
    ),
    "a note of the register": _note,
    "the salt of a text": lambda case, who: TextSalts.objects.update_or_create(
        pk=case.events.order_by("sequence")[0].hash, defaults={"salts": {"note": "x"}}
    ),
    "a draft": lambda case, who: LeftWords.objects.create(
        place=place_of(case.pk, ""), sealed="x", left_at=_before()
    ),
    "the file of a draft": _draft_file,
}


@pytest.fixture
def who(section: Any) -> Ministry:
    return make_ministry()


@pytest.fixture
def case(who: Ministry) -> Case:
    """It was on the site, and is kept on paper only."""
    found = make_case(Status.PUBLISHED, who)
    actions.hold_case(found, by=who.leader, note="Có dấu MẬT.")
    actions.confirm_secret(found, by=who.inspector, paper_number="1/BM", paper_dated_on=clock.today())
    return found


def test_nothing_is_left_by_the_verb_and_what_comes_after_is_no_offence(case: Case, who: Ministry) -> None:
    make_case(Status.PUBLISHED, who)
    actions.add_note(case, by=who.inspector, note="Đã vào sổ.")
    KeptWords.objects.create(
        owner=who.inspector, place=place_of(case.pk, "note"), sealed="x", saved_at=clock.now()
    )
    assert list(wiped(silent)) == []


def test_each_kind_is_found(case: Case, who: Ministry) -> None:
    """One after the other, so that none hides behind another."""
    found: list[str] = []
    for kind, leave in LEFT.items():
        leave(case, who)
        told = list(wiped(silent))
        sentence = f"{case.number} is kept on paper only, but {kind} is left"
        assert sentence in told, kind
        found.append(sentence)
        assert sorted(told) == sorted(found), kind
