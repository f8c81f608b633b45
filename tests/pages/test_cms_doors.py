"""Somebody with every right over pages, and none over cases, at every door of the CMS."""

from __future__ import annotations

from datetime import date, timedelta
from inspect import signature
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, PagePermissionTester

from pakn_portal import clock
from pakn_portal.answers import actions as answers
from pakn_portal.answers.finds import open_finds
from pakn_portal.answers.models import PublicText
from pakn_portal.cases.actions import hold_case
from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case
from pakn_portal.pages.answers.actions import (
    archive_page,
    correct_answer,
    publish_answer,
    request_publication,
    unpublish_answer,
)
from pakn_portal.pages.answers.actions import (
    page_of_case as page_of,
)
from pakn_portal.pages.models import AnswerPage
from pakn_portal.publication.gate import GateShut
from pakn_portal.search.models import ArchiveEntry
from tests.factories import Ministry, make_case, make_ministry
from tests.fixtures.rows import Kept
from tests.pages.answers import bring_in, publish

pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive]

RIGHTS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page")
PRIVATE = ("Thu Cúc", "0900000101", "thucuc.nguyen", "Dĩ An")


@pytest.fixture
def who(section: Any) -> Ministry:
    return make_ministry()


@pytest.fixture
def editor(who: Ministry) -> Client:
    """Edits and publishes every page of the portal, as a web editor may."""
    user = get_user_model().objects.create_user("banbientap", "bbt@bo.example", "x")
    group = Group.objects.create(name="Ban biên tập cổng")
    group.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    for right in RIGHTS:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=right)
        GroupPagePermission.objects.create(group=group, page=Page.objects.get(depth=1), permission=permission)
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    client.user = user  # type: ignore[attr-defined]
    return client


def requested(who: Ministry) -> AnswerPage:
    case = make_case(Status.ANSWERED, who)
    answers.prepare_public_text(
        case, title="Nghỉ việc", question="Còn kịp không?", answer="Trong 3 tháng.", by=who.officer
    )
    return AnswerPage.objects.get(pk=request_publication(case, by=who.officer).pk)


_requested = Kept(requested)


@pytest.fixture
def waiting(who: Ministry) -> AnswerPage:
    """A draft that waits for its publisher."""
    return _requested(who)


def post(client: Client, name: str, page: Any, *more: Any, **data: Any) -> Any:
    return client.post(reverse(f"wagtailadmin_pages:{name}", args=[page.pk, *more]), data)


def bulk(client: Client, action: str, *pages: Any, **data: Any) -> Any:
    ids = "&".join(f"id={page.pk}" for page in pages)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    return client.post(f"{address}?next={reverse('wagtailadmin_home')}&{ids}", data)


def form_of(page: AnswerPage, **changes: Any) -> dict[str, Any]:
    return {
        "slug": page.slug,
        "sector": page.sector_id or "",
        "unit": page.unit_id or "",
        "legal_bases": page.legal_bases,
        **changes,
    }


def is_untouched(page: AnswerPage) -> bool:
    """As the database has it: neither shown nor hidden by what was tried."""
    now = AnswerPage.objects.get(pk=page.pk)
    names = ("live", "title", "question", "answer", "legal_bases", "seo_title", "search_description", "slug")
    return [getattr(now, name) for name in names] == [getattr(page, name) for name in names]


# publishing


def test_a_draft_is_not_published_by_who_is_no_publisher(editor: Client, waiting: AnswerPage) -> None:
    post(editor, "edit", waiting, **form_of(waiting, **{"action-publish": "1"}))
    bulk(editor, "publish", waiting)
    bulk(editor, "publish", waiting.get_parent(), include_descendants="on")
    assert is_untouched(waiting)
    assert waiting.public_text.case.status == Status.ANSWERED


def test_nor_does_an_answer_come_back_by_them_that_a_publisher_took_off(
    editor: Client, who: Ministry
) -> None:
    page = publish(who)
    case = page.public_text.case
    unpublish_answer(case, by=who.publisher, note="Thông tư đã thay thế.")
    post(editor, "edit", page, **form_of(page, **{"action-publish": "1"}))
    editor.post(f"/admin/api/main/pages/{page.pk}/action/publish/", {}, "application/json")
    bulk(editor, "publish", page)
    page.refresh_from_db()
    assert (page.live, case.status) == (False, Status.ANSWERED)


def test_the_editors_button_is_the_verb_for_a_publisher(who: Ministry, waiting: AnswerPage) -> None:
    """It does not ask the page to publish itself, as every other door does."""
    post(login(who.publisher), "edit", waiting, **form_of(waiting, **{"action-publish": "1"}))
    case = Case.objects.get(pk=waiting.public_text.case.pk)
    event = case.events.order_by("sequence").last()
    assert event is not None
    assert (case.status, event.verb, event.by) == (Status.PUBLISHED, "publish", who.publisher)
    assert ArchiveEntry.objects.filter(page=waiting).exists()


@pytest.mark.parametrize(
    "change", [{"unit": "other"}, {"sector": ""}, {"legal_bases": "45/2019/QH14"}, {"slug": "bo-truong"}]
)
def test_nobody_changes_in_the_cms_what_stands_beside_the_text(who: Ministry, change: Any) -> None:
    """Not even a publisher: nobody else would have read it."""
    page = publish(who)
    change = {name: who.other_unit.pk if value == "other" else value for name, value in change.items()}
    client = login(who.publisher)
    for action in ("save", "action-publish"):
        post(client, "edit", page, **form_of(page, **change, **{action: "1"}))
    assert is_untouched(page)
    assert ArchiveEntry.objects.get(page=page).unit == page.unit
    assert AnswerPage.objects.get(pk=page.pk).unit == page.unit


def stranger_saves(page: AnswerPage, **values: Any) -> None:
    """A draft of a live answer, by a script or a form of somebody else's."""
    draft = AnswerPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save_revision(clean=False)


WRITTEN: dict[str, Any] = {
    "legal_bases": "Thông tư GIẢ MẠO",
    "slug": "bo-truong-xin-loi",
    "seo_title": "Bộ trưởng xin lỗi",
    "search_description": "Bộ trưởng xin lỗi",
    "show_in_menus": True,
    "outcome": "solved",
    "kind": "feedback",
    "asked_on": date(2001, 1, 1),
    "answered_on": date(2001, 1, 1),
    "unit": None,
}


@pytest.mark.parametrize("name", sorted(WRITTEN))
@pytest.mark.parametrize("door", ["case", "revision", "editor", "again"])
def test_a_strangers_revision_is_never_what_goes_live(who: Ministry, name: str, door: str) -> None:
    page = publish(who)
    case = Case.objects.get(public_text__page=page)
    if door in ("case", "revision"):
        unpublish_answer(case, by=who.publisher, note="Thay thế.")
        request_publication(case, by=who.officer)
    stranger_saves(AnswerPage.objects.get(pk=page.pk), **{name: WRITTEN[name]})
    if door == "case":
        publish_answer(case, by=who.publisher)
    elif door == "editor":
        post(login(who.publisher), "edit", page, **form_of(page, **{"action-publish": "1"}))
    else:
        AnswerPage.objects.get(pk=page.pk).get_latest_revision().publish(user=who.publisher)
    now = AnswerPage.objects.get(pk=page.pk)
    assert is_untouched(page)
    assert getattr(now, name) == getattr(page, name) != WRITTEN[name]


def test_nor_does_a_script_change_it(who: Ministry) -> None:
    page = publish(who)
    for name, value in WRITTEN.items():
        changed = AnswerPage.objects.get(pk=page.pk)
        setattr(changed, name, value)
        with pytest.raises(GateShut), transaction.atomic():
            changed.save(clean=False)
    assert is_untouched(page)


def test_what_the_finder_does_not_know_is_not_released_either(who: Ministry, client: Client) -> None:
    """In the attack words of a publisher's own were public, and found by the search, in one step."""
    page = publish(who)
    post(login(who.publisher), "edit", page, **form_of(page, legal_bases="GIAMAO", **{"action-publish": "1"}))
    assert "GIAMAO" not in client.get(page.url).content.decode()
    assert page.title not in client.get(archive_page().url, {"q": "GIAMAO"}).content.decode()


def test_nor_by_the_admins_own_api(editor: Client, waiting: AnswerPage) -> None:
    answer = editor.post(f"/admin/api/main/pages/{waiting.pk}/action/publish/", {}, "application/json")
    assert answer.status_code == 404
    assert is_untouched(waiting)


def test_the_words_beside_a_live_text_are_for_publishers_too(editor: Client, who: Ministry) -> None:
    page = publish(who)
    post(editor, "edit", page, **form_of(page, legal_bases="Tự viết", **{"action-publish": "1"}))
    assert is_untouched(page)


def test_there_are_no_words_for_search_engines_to_write(who: Ministry) -> None:
    page = publish(who)
    client = Client()
    client.force_login(who.publisher)
    more = {"seo_title": "Bà Cúc hỏi", "search_description": "Bà Cúc hỏi", "action-publish": "1"}
    post(client, "edit", page, **form_of(page, legal_bases="45/2019/QH14", **more))
    page.refresh_from_db()
    assert (page.seo_title, page.search_description) == ("", "")


@pytest.mark.parametrize(
    "change",
    [
        {"legal_bases": "Đơn của bà Nguyễn Thị Thu Cúc"},
        {"legal_bases": "Gọi 0912 345 678"},
        {"slug": "ba-nguyen-thi-thu-cuc-hoi"},
    ],
)
def test_a_publisher_puts_no_personal_data_beside_the_text(who: Ministry, change: Any) -> None:
    page = publish(who)
    client = Client()
    client.force_login(who.publisher)
    for action in ("action-publish", "save"):
        post(client, "edit", page, **form_of(page, **change, **{action: "1"}))
    assert is_untouched(page)
    stranger_saves(page, **change)
    AnswerPage.objects.get(pk=page.pk).get_latest_revision().publish(user=who.publisher)
    assert is_untouched(page)


@pytest.mark.parametrize("number", [7, 12, 345])
def test_what_was_confirmed_in_the_text_may_stand_beside_it(who: Ministry, number: int) -> None:
    """The number of the text stands behind the title's in the address."""
    case = make_case(Status.ANSWERED, who)
    PublicText.objects.create(
        pk=number, case=case, title="-", question="-", answer="-", prepared_by=who.officer,
        prepared_at=clock.now(),
    )  # fmt: skip
    words = {"title": "Gọi 0912 345 678", "question": "Gọi số nào?", "answer": "Gọi 0912 345 678."}
    text = answers.prepare_public_text(case, **words, by=who.officer)
    confirmed = [mark.fingerprint for mark in open_finds(text)]
    answers.prepare_public_text(case, **words, by=who.officer, confirmed=confirmed)
    page = request_publication(case, by=who.officer)
    page.search_description = "Gọi 0912 345 678"
    page.save_revision()
    assert publish_answer(case, by=who.publisher).live


def test_the_legal_bases_of_an_answer_are_masked_on_their_way_out(who: Ministry) -> None:
    case = make_case(Status.ANSWERED, who)
    case.answer.legal_bases = "38/2013/QH13\nĐơn của bà Nguyễn Thị Thu Cúc"
    case.answer.save()
    answers.prepare_public_text(case, title="Hỏi", question="Hỏi?", answer="Đáp.", by=who.officer)
    page = request_publication(case, by=who.officer)
    assert page.legal_bases == "38/2013/QH13\nĐơn của bà [họ tên]"


# by the clock


def test_the_editor_offers_no_schedule(who: Ministry) -> None:
    page = publish(who)
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("chu", "chu@bo.example", "x"))
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "go_live_at" not in html
    assert "expire_at" not in html


def test_a_forged_schedule_counts_nothing(who: Ministry, waiting: AnswerPage, editor: Client) -> None:
    for client, page in ((editor, waiting), (login(who.publisher), publish(who))):
        tomorrow = (clock.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
        data = form_of(page, go_live_at=tomorrow, expire_at=tomorrow)
        post(client, "edit", page, **data)
        assert not page.revisions.exclude(approved_go_live_at=None).exists()
        latest = page.get_latest_revision_as_object()
        assert (latest.go_live_at, latest.expire_at) == (None, None)


@pytest.mark.parametrize("field", ["go_live_at", "expire_at"])
@pytest.mark.parametrize("hours", [-1, 1])
def test_a_scheduled_answer_passes_no_door(who: Ministry, field: str, hours: int) -> None:
    page, imported = publish(who), bring_in()
    for one in (page, imported):
        setattr(one, field, clock.now() + timedelta(hours=hours))
        with pytest.raises(ValidationError):
            one.full_clean()
        with pytest.raises(ValidationError):
            one.save_revision()
        revision = one.save_revision(clean=False)
        with pytest.raises(GateShut):
            revision.publish(user=who.publisher)
        with pytest.raises(GateShut), transaction.atomic():
            one.save(clean=False)
    call_command("publish_scheduled")
    assert AnswerPage.objects.live().count() == 2


def test_a_correction_clears_a_schedule_left_in_the_database(who: Ministry) -> None:
    page = publish(who)
    AnswerPage.objects.filter(pk=page.pk).update(expire_at=clock.now() + timedelta(days=1))
    case = page.public_text.case
    answers.prepare_public_text(
        case, title=page.title, question=page.question, answer="Khác.", by=who.officer
    )
    correct_answer(case, by=who.publisher, note="Sửa.")
    page.refresh_from_db()
    assert (page.answer, page.expire_at) == ("Khác.", None)


# moving, reverting, taking off


def test_an_answer_stays_beneath_its_archive(editor: Client, who: Ministry) -> None:
    page, home = publish(who), archive_page().get_parent()
    url_path = page.url_path
    post(editor, "move_confirm", page, home.pk)
    bulk(editor, "move", page, chooser=home.pk)
    page.refresh_from_db()
    assert page.url_path == url_path
    assert page.get_parent().specific == archive_page()


def test_an_older_revision_does_not_come_back(editor: Client, who: Ministry) -> None:
    page = publish(who)
    case, old = page.public_text.case, page.get_latest_revision()
    answers.prepare_public_text(
        case, title=page.title, question=page.question, answer="Khác.", by=who.officer
    )
    correct_answer(case, by=who.publisher, note="Sửa.")
    for client in (editor, login(who.publisher)):
        address = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, old.pk])
        client.get(address)
        post(client, "edit", page, **form_of(page, revision=old.pk, **{"action-publish": "1"}))
        assert AnswerPage.objects.get(pk=page.pk).answer == "Khác."
    with pytest.raises(GateShut):
        old.publish(user=who.publisher)


def test_the_same_words_once_more_keep_the_corrections(who: Ministry) -> None:
    """A revision from before two corrections has the words of today, and none of the notes."""
    page = publish(who)
    case, old, words = page.public_text.case, page.get_latest_revision(), page.answer
    for answer in ("Khác.", words):
        answers.prepare_public_text(
            case, title=page.title, question=page.question, answer=answer, by=who.officer
        )
        correct_answer(case, by=who.publisher, note=f"Thành: {answer}")
    old.refresh_from_db()
    old.publish(user=who.publisher)
    page.refresh_from_db()
    assert page.answer == words
    assert page.corrections.count() == 2


def test_who_is_no_publisher_takes_no_answer_off(editor: Client, who: Ministry) -> None:
    page = publish(who)
    post(editor, "unpublish", page)
    bulk(editor, "unpublish", page)
    bulk(editor, "unpublish", page.get_parent(), include_descendants="on")
    assert is_untouched(page)


def test_unpublishing_in_bulk_leaves_the_trace(who: Ministry) -> None:
    page = publish(who)
    bulk(login(who.publisher), "unpublish", page)
    page.refresh_from_db()
    case = Case.objects.get(pk=page.public_text.case.pk)
    assert (page.live, case.status, page.unpublished_on) == (False, Status.ANSWERED, clock.today())


def test_locking_and_the_lists_of_the_cms_change_nothing(editor: Client, who: Ministry) -> None:
    page = publish(who)
    post(editor, "lock", page)
    editor.get(reverse("wagtailadmin_pages:history", args=[page.pk]))
    post(editor, "unlock", page)
    post(editor, "convert_alias", page)
    assert is_untouched(page)


# what the revisions hold


def test_no_revision_holds_personal_data(who: Ministry) -> None:
    page = publish(who)
    case = page.public_text.case
    answers.prepare_public_text(
        case, title=page.title, question="Hỏi lại?", answer="Đáp lại.", by=who.officer
    )
    correct_answer(case, by=who.publisher, note="Bà Nguyễn Thị Thu Cúc (0900000101) báo sai.")
    kept = " ".join(str(revision.content) for revision in page.revisions.all())
    assert [word for word in PRIVATE if word in kept] == []


def test_remarks_beside_the_text_are_not_kept_in_it(who: Ministry) -> None:
    """Comments of the CMS are stored in revisions, where nobody masks them."""
    page = publish(who)
    html = login(who.publisher).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert 'name="comments-TOTAL_FORMS"' not in html


def test_a_remark_in_the_workflow_is_masked(who: Ministry, waiting: AnswerPage) -> None:
    state = waiting.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[waiting.pk, "approve", state.pk])
    login(who.publisher).post(
        address,
        {"comment": "Bà Nguyễn Thị Thu Cúc đã đọc.", "next": "/admin/"},
        HTTP_X_REQUESTED_WITH="XMLHttpRequest",
    )
    state.refresh_from_db()
    assert (state.status, state.comment) == ("approved", "Bà [họ tên] đã đọc.")
    assert page_of(waiting.public_text.case).live  # type: ignore[union-attr]


def login(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


# rights on a page that somebody may not know of


def held(who: Ministry) -> AnswerPage:
    page = publish(who)
    hold_case(Case.objects.get(pk=page.public_text.case_id), by=who.intake, note="Lộ tên người gửi.")
    return AnswerPage.objects.get(pk=page.pk)


def test_every_question_after_rights_on_a_sealed_page_is_answered_no(editor: Client, who: Ministry) -> None:
    page = held(who)
    root = get_user_model().objects.create_superuser("root", "root@bo.example", "x")
    questions = [name for name in dir(PagePermissionTester) if name.startswith("can_")]
    assert len(questions) > 10
    for user in (editor.user, root):  # type: ignore[attr-defined]
        tester = page.permissions_for_user(user)
        for name in questions:
            needed = signature(getattr(PagePermissionTester, name)).parameters
            destination = [page.get_parent()] if "destination" in needed else []
            assert getattr(tester, name)(*destination) is False, name
        assert (tester.user_has_lock(), tester.page_locked()) == (False, True)
        assert not page.get_parent().permissions_for_user(user).can_move_to(page)


@pytest.mark.parametrize("name", ["lock", "unlock", "unpublish", "delete", "copy", "move", "edit"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_action_tells_a_sealed_page_from_one_that_waits(
    editor: Client, who: Ministry, waiting: AnswerPage, name: str, method: str
) -> None:
    editor.raise_request_exception = False
    given = [
        getattr(editor, method)(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]))
        for page in (held(who), waiting)
    ]
    sealed, other = [(answer.status_code, answer.headers.get("Location")) for answer in given]
    assert sealed == other
    assert sealed[0] < 500
    assert not AnswerPage.objects.filter(locked=True).exists()
