"""A locked case vanishes: from the site, the archive, the CMS, and from its sender's screen."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pakn_portal import signals
from pakn_portal.answers import actions as answers
from pakn_portal.answers.enums import PublicTextState
from pakn_portal.answers.models import PublicText
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.flow.errors import NotAllowed
from pakn_portal.management.verify.invariants import INVARIANTS
from pakn_portal.management.verify.progress import silent
from pakn_portal.pages.answers.actions import correct_answer, publish_answer, request_publication
from pakn_portal.pages.answers.actions import page_of_case as page_of
from pakn_portal.pages.answers.cms import off_site
from pakn_portal.pages.models import AnswerPage
from pakn_portal.pages.tracking import words as public_words
from pakn_portal.publication.gate import GateShut
from pakn_portal.search.models import ArchiveEntry, ArchiveText
from tests.factories import Ministry, make_case, make_ministry

pytestmark = pytest.mark.exhaustive

SECRET = "Đề án tuyệt đối không được nêu"
WORDS = {"title": f"{SECRET} ở tiêu đề", "question": f"{SECRET}?", "answer": f"{SECRET}."}


@pytest.fixture
def who(section: Any) -> Ministry:
    return make_ministry()


@pytest.fixture
def case(who: Ministry) -> Case:
    """Published, and once corrected."""
    case = make_case(Status.ANSWERED, who)
    answers.prepare_public_text(case, **WORDS, by=who.officer)
    request_publication(case, by=who.officer)
    publish_answer(case, by=who.publisher)
    answers.prepare_public_text(case, **{**WORDS, "answer": f"{SECRET}, bản mới."}, by=who.officer)
    correct_answer(case, by=who.publisher, note="Sửa một chữ.")
    return case


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def offences() -> list[str]:
    return [line for rule in INVARIANTS for line in rule.find(silent)]


def test_the_page_and_its_index_row_are_gone_with_the_lock(case: Case, who: Ministry, client: Client) -> None:
    page = page_of(case)
    assert page is not None
    url = page.url
    actions.hold_case(case, by=who.publisher, note="Có dấu MẬT.")
    page.refresh_from_db()
    assert (case.status, page.live, page.title) == (Status.SECRET_HOLD, False, off_site.title())
    assert PublicText.objects.get(case=case).state == PublicTextState.UNPUBLISHED
    gone = client.get(url)
    assert gone.status_code == 410
    for address in (url, "/pakn/hoi-dap/", "/pakn/hoi-dap/?q=Đề+án", "/pakn/"):
        html = client.get(address).content.decode()
        assert SECRET not in html
        assert "MẬT" not in html
    entry = ArchiveEntry.objects.get(page_id=page.pk)
    assert (entry.is_public, entry.title, entry.answer) == (False, "", "")
    assert not ArchiveText.objects.filter(entry=entry).exists()
    assert [event.verb for event in case.events.order_by("sequence")][-2:] == [Verb.CORRECT, Verb.HOLD]
    assert offences() == []


def test_the_cms_shows_its_words_to_nobody(case: Case, who: Ministry) -> None:
    page = page_of(case)
    assert page is not None
    first, last = page.revisions.order_by("pk")[0], page.revisions.order_by("pk").last()
    actions.hold_case(case, by=who.intake)
    who.nobody.is_superuser = True
    who.nobody.save()
    pages = "wagtailadmin_pages"
    doors = [
        reverse(f"{pages}:edit", args=[page.pk]),
        reverse(f"{pages}:view_draft", args=[page.pk]),
        reverse(f"{pages}:history", args=[page.pk]),
        reverse(f"{pages}:workflow_history", args=[page.pk]),
        reverse(f"{pages}:usage", args=[page.pk]),
        reverse(f"{pages}:revisions_view", args=[page.pk, first.pk]),
        reverse(f"{pages}:revisions_revert", args=[page.pk, first.pk]),
        reverse(f"{pages}:revisions_compare", args=[page.pk, first.pk, last.pk]),
        reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
        reverse(f"{pages}:search") + "?q=tuyệt",
        reverse("wagtailadmin_home"),
        f"/admin/api/main/pages/{page.pk}/",
    ]
    for user in (who.publisher, who.nobody):
        client = client_of(user)
        for door in doors:
            html = client.get(door, follow=True).content.decode()
            assert SECRET not in html, (user, door)
    assert client_of(who.publisher).get(doors[0]).status_code == 302


def test_nobody_brings_it_back_before_it_is_unlocked(case: Case, who: Ministry) -> None:
    page = page_of(case)
    assert page is not None
    revision = page.get_latest_revision()
    actions.hold_case(case, by=who.officer)
    with pytest.raises(GateShut):
        revision.publish(user=who.publisher, skip_permission_checks=True)
    with pytest.raises(NotAllowed):
        publish_answer(case, by=who.publisher)
    for verb, data in (("publish", {}), ("unpublish", {}), ("edit", {"action-publish": "1"})):
        path = f"/admin/pages/{page.pk}/{verb}/"
        client_of(who.publisher).post(path, {"title": "Khác", "slug": "khac", **data})
    assert not AnswerPage.objects.filter(pk=page.pk, live=True).exists()


def test_unlocked_it_waits_for_a_publisher(case: Case, who: Ministry, client: Client) -> None:
    url = page_of(case).url  # type: ignore[union-attr]
    actions.hold_case(case, by=who.leader)
    closed_on = case.closed_on
    actions.release_hold(case, by=who.inspector, note="Không có bí mật.")
    assert (case.status, case.closed_on) == (Status.ANSWERED, closed_on)
    assert client.get(url).status_code == 410
    page = request_publication(case, by=who.officer)
    assert page.live is False
    page = publish_answer(case, by=who.second_publisher)
    assert (page.live, page.title, page.answer) == (True, WORDS["title"], f"{SECRET}, bản mới.")
    assert (page.unpublished_on, page.corrections.count()) == (None, 1)
    assert client.get(url).status_code == 200
    assert ArchiveEntry.objects.get(page_id=page.pk).is_public
    assert offences() == []


def test_a_text_on_its_way_to_the_site_stops(who: Ministry) -> None:
    case = make_case(Status.ANSWERED, who)
    answers.prepare_public_text(case, **WORDS, by=who.officer)
    page = request_publication(case, by=who.officer)
    actions.hold_case(case, by=who.publisher)
    page.refresh_from_db()
    assert (page.title, page.question, page.current_workflow_state) == (off_site.title(), "", None)
    assert PublicText.objects.get(case=case).state == PublicTextState.DRAFT
    html = client_of(who.publisher).get("/admin/").content.decode()
    assert SECRET not in html
    actions.release_hold(case, by=who.inspector, note="Không có bí mật.")
    request_publication(case, by=who.officer)
    assert publish_answer(case, by=who.publisher).title == WORDS["title"]


def test_a_page_that_cannot_be_taken_off_undoes_the_lock(case: Case, who: Ministry) -> None:
    def fail(**kwargs: Any) -> None:
        raise RuntimeError("no index row")

    signals.public_record_changed.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            actions.hold_case(case, by=who.intake)
    finally:
        signals.public_record_changed.disconnect(fail)
    case.refresh_from_db()
    page = page_of(case)
    assert page is not None
    assert (case.status, page.live, page.title) == (Status.PUBLISHED, True, WORDS["title"])


def test_a_live_page_of_a_locked_case_is_found(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(status=Status.SECRET_HOLD)
    found = [line for rule in INVARIANTS if rule.code == "I8" for line in rule.find(silent)]
    assert found == [
        f"{case.number} is sealed, but its page is live",
        f"a sealed case has the index row page:{page_of(case).pk}",  # type: ignore[union-attr]
    ]


def test_the_sender_reads_of_no_lock(case: Case, who: Ministry) -> None:
    actions.hold_case(case, by=who.intake, note="Có dấu MẬT.")
    lines = public_words.milestones(case)
    assert lines[-1].sentence == public_words._SENTENCES[Verb.UNPUBLISH]()
    told = " ".join([*(f"{line.sentence} {line.note}" for line in lines), public_words.what_next(case)])
    assert [word for word in ("MẬT", "bí mật", "Sửa một chữ") if word in told] == []
    assert (public_words.due_sentence(case), public_words.badge_of(case)) == ("", "")
    assert not public_words.shows_content(case)


def test_notes_to_the_sender_come_back_with_the_case(who: Ministry) -> None:
    case = make_case(Status.OUT_OF_SCOPE, who)
    assert public_words.milestones(case)[-1].note == "Xin gửi Sở Nội vụ."
    actions.hold_case(case, by=who.intake)
    assert [line.note for line in public_words.milestones(case)] == ["", ""]
    actions.release_hold(case, by=who.inspector, note="Không có bí mật.")
    assert public_words.milestones(case)[-1].note == "Xin gửi Sở Nội vụ."


def test_rights_on_live_pages_cost_nothing_more(case: Case, who: Ministry) -> None:
    page = page_of(case)
    assert page is not None
    page.permissions_for_user(who.publisher)
    with CaptureQueriesContext(connection) as queries:
        assert page.permissions_for_user(who.publisher).can_edit()
    assert len(queries) == 0
