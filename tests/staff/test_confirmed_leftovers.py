"""Where a confirmed state secret could be left, one place after another."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile as upload
from django.db import connection
from django.test import Client
from wagtail.models import Revision

from pakn_portal.answers import actions as answering
from pakn_portal.answers.models import Answer, PublicText
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.pages.answers.actions import (
    correct_answer,
    page_of_case,
    publish_answer,
    request_publication,
    unpublish_answer,
)
from pakn_portal.staff import addresses
from pakn_portal.submissions import secrets
from pakn_portal.submissions.models import Attachment, KeptWords, LeftWords
from pakn_portal.submissions.storage import private_storage
from pakn_portal.submissions.tray import waiting_uploads
from tests.factories import Ministry, make_case
from tests.fixtures.old_register import make_second_format
from tests.pages.test_tracking import TRACKING
from tests.staff.conftest import As
from tests.staff.test_confirmed_secret import WORD, confirm, places
from tests.staff.test_sealed_acts import offences
from tests.staff.test_words_kept import lose_session, opened, sign_in, text_in
from tests.submissions.files import pdf_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive]


@pytest.fixture
def keeper(ministry: Ministry, as_user: As) -> Client:
    return as_user(ministry.inspector)


@pytest.fixture
def published(ministry: Ministry, section: Any) -> Case:
    return make_case(Status.PUBLISHED, ministry)


def test_why_an_answer_was_taken_off_leaves_the_revisions(
    published: Case, ministry: Ministry, keeper: Client
) -> None:
    """With the lock already, and readers are not told it either."""
    unpublish_answer(published, by=ministry.publisher, note=f"Gỡ vì {WORD}.")
    request_publication(published, by=ministry.officer)
    assert WORD in str(list(Revision.objects.values_list("content", flat=True)))
    actions.hold_case(published, by=ministry.intake)
    assert WORD not in str(list(Revision.objects.values_list("content", flat=True)))
    page = page_of_case(published)
    assert page is not None and page.unpublished_reason == ""
    assert confirm(keeper, published).status_code == 302
    assert places() == [] and offences() == []


def test_after_the_lock_the_answer_may_return_to_the_site(published: Case, ministry: Ministry) -> None:
    """The page is made of the case, not of what the CMS kept of it."""
    before = page_of_case(published)
    assert before is not None
    unpublish_answer(published, by=ministry.publisher, note="Gỡ.")
    actions.hold_case(published, by=ministry.intake)
    actions.release_hold(published, by=ministry.inspector, note="Không có.")
    assert offences() == []
    request_publication(published, by=ministry.officer)
    publish_answer(published, by=ministry.publisher)
    after = page_of_case(published)
    assert after is not None and after.live
    assert (after.title, after.answer, after.sector) == (before.title, before.answer, before.sector)
    assert offences() == []


def test_whatever_a_page_has_beside_what_the_cms_needs_goes(
    published: Case, ministry: Ministry, keeper: Client
) -> None:
    """Also a field that a later version, or the site itself, gives it."""
    page = page_of_case(published)
    assert page is not None
    for revision in page.revisions.all():
        content = {**revision.content, "remark_of_the_site": WORD, "wagtail_admin_comments": [{"text": WORD}]}
        page.revisions.filter(pk=revision.pk).update(content=content)
    actions.hold_case(published, by=ministry.intake)
    confirm(keeper, published)
    assert places() == []


SCRIPT = {"X-Pakn-Keep": "1"}


@pytest.fixture
def locked(ministry: Ministry, section: Any) -> Case:
    """Its sender is asked for more."""
    case = make_case(Status.NEED_INFO, ministry)
    actions.hold_case(case, by=ministry.intake)
    return case


def test_a_form_that_was_open_brings_nothing_back(locked: Case, ministry: Ministry, keeper: Client) -> None:
    """Neither by itself, nor where somebody presses a button of it, nor with files."""
    url = addresses.move_url(locked.pk, Verb.NOTE)
    before = opened(keeper, url, note=f"Nói về {WORD}.")
    confirm(keeper, locked)
    lines = locked.events.count()
    by_itself = keeper.post(url, {**before, "keep_draft": "1"}, headers=SCRIPT)
    assert by_itself.status_code == 409 and "nay chỉ lưu trên giấy" in by_itself.json()["sentence"]
    pressed = keeper.post(url, {**before, "keep_draft": "1"})
    assert "nay chỉ lưu trên giấy" in text_in(pressed) and WORD in text_in(pressed)
    assert not KeptWords.objects.exclude(sealed="").exists()
    sent = keeper.post(url, before)
    assert sent.status_code == 409 and "nay chỉ lưu trên giấy" in text_in(sent)
    again = keeper.post(url, {**before, "version": sent.context["form"]["version"].value()})
    assert again.status_code == 409 and locked.events.count() == lines
    # what is opened since is about the paper
    anew = opened(keeper, url, note="Đã vào sổ giấy.")
    assert keeper.post(url, {**anew, "keep_draft": "1"}, headers=SCRIPT).status_code == 200
    assert keeper.post(url, anew).status_code == 302
    assert locked.events.count() == lines + 1 and offences() == []


def test_nor_does_one_whose_session_had_ended(locked: Case, ministry: Ministry) -> None:
    client = sign_in(ministry.inspector)
    url = addresses.move_url(locked.pk, Verb.NOTE)
    before = opened(client, url, note=f"Nói về {WORD}.")
    files = {"attachments": upload(f"{WORD}.pdf", pdf_bytes()), "form_key": secrets.issue_form_key()}
    confirm(client, locked)
    lose_session(client)
    turned_away = client.post(url, {**before, **files}, follow=True)
    assert "Nội dung bạn vừa viết không lưu lại được." in text_in(turned_away)
    assert not LeftWords.objects.exists() and not Attachment.objects.exists()


def test_nor_does_a_file_that_staff_choose_too_late(locked: Case, keeper: Client) -> None:
    confirm(keeper, locked)
    for verb in (Verb.REQUEST_OPINION, Verb.REQUEST_SUPPLEMENT, Verb.DRAFT_ANSWER):
        files = {"attachments": upload(f"{WORD}.pdf", pdf_bytes()), "form_key": secrets.issue_form_key()}
        url = addresses.move_url(locked.pk, verb)
        keeper.post(url, {"version": locked.version, "attach": "1", "note": "Hỏi.", **files})
        assert not Attachment.objects.exists(), verb


def attach(client: Client, grant: str, form_key: str, action: str = "attach") -> Any:
    file = upload(f"{WORD}.pdf", pdf_bytes())
    data = {"grant": grant, "action": action, "form_key": form_key, "content": WORD, "attachments": file}
    return client.post(TRACKING, data)


def test_what_a_sender_had_attached_and_not_sent_goes_too(
    locked: Case,
    ministry: Ministry,
    keeper: Client,
    client: Client,
    django_capture_on_commit_callbacks: Any,
) -> None:
    key, other_key = secrets.issue_form_key(), secrets.issue_form_key()
    attach(client, secrets.issue_grant(locked.submission), key)
    others = make_case(Status.NEED_INFO, ministry)
    attach(client, secrets.issue_grant(others.submission), other_key)
    (file,) = waiting_uploads(key)
    assert private_storage().exists(file.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        confirm(keeper, locked)
    assert waiting_uploads(key) == [] and not private_storage().exists(file.file.name)
    assert len(waiting_uploads(other_key)) == 1


def test_nor_is_what_they_attach_afterwards_kept(
    locked: Case, keeper: Client, client: Client, monkeypatch: Any
) -> None:
    """Also with a page that is too old, whose sender must give number and code anew."""
    grant, key = secrets.issue_grant(locked.submission), secrets.issue_form_key()
    confirm(keeper, locked)
    for action in ("attach", "supplement"):
        attach(client, grant, key, action)
        assert not Attachment.objects.exists()
    monkeypatch.setattr("pakn_portal.pages.tracking.view.find_by_grant", lambda grant: None)
    attach(client, grant, key)
    assert not Attachment.objects.exists()


def test_what_waits_for_a_page_that_is_too_old_is_known_as_the_cases(
    locked: Case, keeper: Client, client: Client, monkeypatch: Any
) -> None:
    grant, key = secrets.issue_grant(locked.submission), secrets.issue_form_key()
    with monkeypatch.context() as patched:
        patched.setattr("pakn_portal.pages.tracking.view.find_by_grant", lambda grant: None)
        attach(client, grant, key)
    assert len(waiting_uploads(key)) == 1
    confirm(keeper, locked)
    assert waiting_uploads(key) == []


def in_full_text() -> int:
    """How often the word stands in the blocks of SQLite's full-text tables, deleted or not. A term is stored
    without the letters that the one before it begins with.
    """
    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names(cursor) if name.endswith("_data")]
        blocks: list[Any] = []
        for name in [name for name in names if "fts" in name]:
            cursor.execute(f"SELECT block FROM {name}")
            blocks += cursor.fetchall()
    return sum(bytes(block).lower().count(WORD[4:].encode()) for (block,) in blocks)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="full-text tables of SQLite")
@pytest.mark.parametrize("act", ["lock", "confirm", "withhold"])
def test_full_text_tables_forget_the_words(
    act: str, ministry: Ministry, section: Any, keeper: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        case = make_case(Status.ANSWERED, ministry)
        words = {"title": f"Về {WORD}", "question": f"{WORD} là gì?"}
        answering.prepare_public_text(case, **words, answer=f"Đáp {WORD}.", by=ministry.officer)
        request_publication(case, by=ministry.officer)
        publish_answer(case, by=ministry.publisher)
        make_case(Status.PUBLISHED, ministry)
    assert in_full_text() > 0
    with django_capture_on_commit_callbacks(execute=True):
        if act == "withhold":
            others = {"title": "Về việc ấy", "question": "Thế nào?", "answer": "Thế này."}
            answering.prepare_public_text(case, **others, by=ministry.officer)
            correct_answer(case, by=ministry.second_publisher, note="Sửa.", withhold=True)
        else:
            actions.hold_case(case, by=ministry.intake)
    if act == "confirm":
        with django_capture_on_commit_callbacks(execute=True):
            confirm(keeper, case)
    assert in_full_text() == 0


def test_no_hash_without_a_salt_is_left(published: Case, ministry: Ministry, keeper: Client) -> None:
    """Who has the exact words cannot try them against the register, neither answer nor what was released."""
    answer, text = Answer.objects.get(case=published), PublicText.objects.get(case=published)
    wholes = [answer.body, "\x1f".join((answer.body, answer.outcome, answer.legal_bases))]
    wholes.append("\x1f".join((text.title, text.question, text.answer)))
    hashes = [hashlib.sha256(each.encode()).hexdigest() for each in wholes]
    told = list(published.events.values_list("data", "texts", "state"))
    assert [each for each in hashes if each in str(told)] == []
    actions.hold_case(published, by=ministry.intake)
    confirm(keeper, published)
    rows = [list(model._base_manager.values()) for model in apps.get_models()]
    assert [each for each in hashes if each in str(rows)] == []
    assert offences() == []


@pytest.mark.parametrize("as_before", [True, False])
def test_the_same_words_return_to_the_site_by_any_publisher(
    as_before: bool, published: Case, ministry: Ministry
) -> None:
    """Also where the line of before has a hash without a salt: `pakn_verify` holds the new one against it."""
    if as_before:
        make_second_format(published)
    unpublish_answer(published, by=ministry.publisher, note="Gỡ.")
    text = PublicText.objects.get(case=published)
    words = {"title": text.title, "question": text.question, "answer": text.answer}
    for other in ("", " Thêm."):
        words["answer"] += other
        answering.prepare_public_text(published, **words, by=ministry.second_publisher)
        request_publication(published, by=ministry.officer)
        by = ministry.publisher if other else ministry.second_publisher
        publish_answer(published, by=by)
        assert offences() == []
        unpublish_answer(published, by=ministry.publisher, note="Gỡ.")
    # other words by a hand that had prepared them are found
    line = published.events.filter(verb=Verb.PUBLISH).order_by("sequence").last()
    assert line is not None
    with connection.cursor() as cursor:
        who = ministry.second_publisher.pk
        cursor.execute("UPDATE pakn_portal_caseevent SET by_id=%s WHERE id=%s", [who, line.pk])
    assert [each for each in offences() if "who released the text had a hand in it" in each]
