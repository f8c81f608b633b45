"""A document that was replaced is told wherever it is cited."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pakn_portal.answers import actions as answering
from pakn_portal.answers.models import Answer
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.pages.answers.actions import request_publication
from pakn_portal.pages.models import AnswerPage
from pakn_portal.people.scope import scope_of
from pakn_portal.search.citing import write_citing
from pakn_portal.search.models import ArchiveEntry
from pakn_portal.search.projection import project
from pakn_portal.snippets.models import LegalBasis
from pakn_portal.staff import addresses
from pakn_portal.staff.lists.replaced_bases import replaced, replaced_bases_url
from tests.factories import Ministry, make_case, make_user

pytestmark = pytest.mark.django_db

LAW = "45/2019/QH14"
#: Of the answers that `make_case` writes.
OLD, NEW = "38/2013/QH13", "74/2025/QH15"


@pytest.fixture
def basis() -> LegalBasis:
    return LegalBasis.objects.create(number=LAW, title="Bộ luật Lao động")


def published(who: Ministry, legal_bases: str = LAW) -> AnswerPage:
    case = make_case(Status.PUBLISHED, who)
    page: AnswerPage = AnswerPage.objects.get(public_text__case=case)
    AnswerPage.objects.filter(pk=page.pk).update(legal_bases=legal_bases)
    return AnswerPage.objects.get(pk=page.pk)


def replace(basis: LegalBasis) -> None:
    basis.is_replaced, basis.replaced_by = True, "99/2026/QH16"
    basis.save()
    write_citing()


@pytest.mark.every_wagtail
def test_answers_that_cite_a_replaced_document_say_so(
    basis: LegalBasis, ministry: Ministry, as_user: Any, section: Any, client: Any
) -> None:
    page, other = published(ministry), published(ministry, "41/2024/QH15")
    replace(basis)
    marked = dict(ArchiveEntry.objects.values_list("page_id", "is_superseded"))
    assert (marked[page.pk], marked[other.pk]) == (True, False)
    assert "được thay bằng 99/2026/QH16" in client.get(page.url).content.decode()
    assert "được thay bằng" not in client.get(other.url).content.decode()
    basis.is_replaced = False
    basis.save()
    write_citing()
    assert not ArchiveEntry.objects.filter(is_superseded=True).exists()


@pytest.mark.parametrize("spelt", ["45-2019-QH14", "45 / 2019 / QH14", "Bộ luật số 45/2019/qh14"])
def test_however_it_is_spelt(basis: LegalBasis, ministry: Ministry, section: Any, spelt: str) -> None:
    page, other = published(ministry, spelt), published(ministry, "45/2019/NĐ-CP")
    replace(basis)
    marked = dict(ArchiveEntry.objects.values_list("page_id", "is_superseded"))
    assert (marked[page.pk], marked[other.pk]) == (True, False)


def test_whoever_keeps_the_list_waits_for_no_answers(
    basis: LegalBasis, ministry: Ministry, section: Any
) -> None:
    """However many cite the document; the worker writes them, in a number of queries that does not grow."""
    saved, written = [], []
    for number in (1, 4):
        for _each in range(number):
            published(ministry)
        with CaptureQueriesContext(connection) as queries:
            basis.is_replaced = True
            basis.save()
        saved.append(len(queries))
        with CaptureQueriesContext(connection) as queries:
            write_citing()
        written.append(len(queries))
        assert ArchiveEntry.objects.filter(is_superseded=True).count() == AnswerPage.objects.count()
        LegalBasis.objects.filter(pk=basis.pk).update(is_replaced=False)
        write_citing()
        assert not ArchiveEntry.objects.filter(is_superseded=True).exists()
    assert saved[0] == saved[1]
    assert written[0] == written[1]


def test_a_replaced_document_that_is_deleted_or_renumbered_is_no_longer_told(
    basis: LegalBasis, ministry: Ministry, section: Any
) -> None:
    published(ministry)
    for change in ({"number": "46/2019/QH14"}, None):
        LegalBasis.objects.filter(pk=basis.pk).update(number=LAW, is_replaced=True)
        write_citing()
        assert ArchiveEntry.objects.filter(is_superseded=True).exists()
        rows = LegalBasis.objects.filter(pk=basis.pk)
        rows.update(**change) if change else rows.delete()
        write_citing()
        assert not ArchiveEntry.objects.filter(is_superseded=True).exists()


@pytest.mark.every_wagtail
@pytest.mark.parametrize(
    ("person", "sees"),
    [("officer", True), ("head", True), ("other_officer", False), ("publisher", True), ("leader", True)],
)
def test_they_are_listed_to_their_unit(
    person: str, sees: bool, basis: LegalBasis, ministry: Ministry, as_user: Any, section: Any
) -> None:
    page = published(ministry)
    replace(basis)
    shown = as_user(getattr(ministry, person)).get(replaced_bases_url())
    assert shown.status_code == 200
    assert (page.title in shown.content.decode()) is sees


def test_the_day_from_which_it_is_no_longer_in_force_is_told_where_it_is_cited(
    basis: LegalBasis, ministry: Ministry, as_user: Any, section: Any, client: Any
) -> None:
    page = published(ministry)
    keeper = make_user("nguoi-giu-danh-muc")
    keeper.is_superuser = True
    keeper.save()
    client.force_login(keeper)
    viewset: Any = LegalBasis.snippet_viewset  # type: ignore[attr-defined]
    edit = reverse(viewset.get_url_name("edit"), args=[basis.pk])
    data = {"number": LAW, "title": basis.title, "is_replaced": "on", "replaced_by": "99/2026/QH16"}
    assert client.post(edit, {**data, "replaced_on": "05/03/2026"}).status_code == 302
    write_citing()
    told = "được thay bằng 99/2026/QH16, hết hiệu lực từ ngày 05/03/2026"
    assert told in client.get(page.url).content.decode()
    assert told in as_user(ministry.officer).get(replaced_bases_url()).content.decode()


@pytest.mark.parametrize("person", ["inspector", "administrator", "nobody"])
def test_others_have_no_such_list(person: str, ministry: Ministry, as_user: Any, section: Any) -> None:
    assert as_user(getattr(ministry, person)).get(replaced_bases_url()).status_code in (302, 403)


def test_the_list_costs_the_same_with_many_rows(
    basis: LegalBasis, ministry: Ministry, as_user: Any, section: Any
) -> None:
    replace(basis)
    officer, counts = as_user(ministry.officer), []
    for number in (1, 5):
        for _each in range(number):
            published(ministry).save()
        officer.get(replaced_bases_url())
        with CaptureQueriesContext(connection) as queries:
            officer.get(replaced_bases_url())
        counts.append(len(queries))
    assert counts[0] == counts[1]


def press(client: Any, case: Case, **data: str) -> Any:
    typed = {"version": case.version, "body": "Viết.", "legal_bases": "", "outcome": "", **data}
    return client.post(addresses.move_url(case.pk, Verb.DRAFT_ANSWER), typed)


def test_they_are_counted_by_document_without_reading_an_answer(
    basis: LegalBasis, ministry: Ministry, section: Any
) -> None:
    """Each document by itself; and neither the number of queries nor what they read grows with answers."""
    other = LegalBasis.objects.create(number="28/2015/NĐ-CP", title="Nghị định cũ", is_replaced=True)
    both = published(ministry, f"Theo {basis.number} và {other.number}.")
    published(ministry, f"Theo {basis.number}.")
    published(ministry, "Theo 152/2020/NĐ-CP.")
    replace(basis)
    write_citing()
    counted: list[int] = []
    for answers in (2, 6):
        while ArchiveEntry.objects.filter(is_superseded=True).count() < answers:
            project(published(ministry, f"Theo {basis.number}."))
        with CaptureQueriesContext(connection) as queries:
            rows = [(one.basis.number, one.count) for one in replaced(scope_of(ministry.publisher))]
        assert rows == [(basis.number, answers), (other.number, 1)]
        assert not [query["sql"] for query in queries if '"context"' in query["sql"]]
        counted.append(len(queries))
    assert counted[0] == counted[1]
    actions.hold_case(Case.objects.get(pk=both.public_text.case_id), by=ministry.intake)
    rows = [(one.basis.number, one.count) for one in replaced(scope_of(ministry.publisher))]
    assert rows == [(basis.number, 5)]


@pytest.mark.every_wagtail
def test_a_document_is_picked_by_words_and_cited_once(
    basis: LegalBasis, ministry: Ministry, as_user: Any
) -> None:
    LegalBasis.objects.create(number="41/2024/QH15", title="Luật Bảo hiểm xã hội")
    case, officer = make_case(Status.PROCESSING, ministry), as_user(ministry.officer)
    page = press(officer, case, tab="bases", basis="bo luat lao")
    assert [row.number for row in page.context["panel"].bases] == [LAW]
    cited = press(officer, case, cite=LAW, open_tab="bases")
    assert cited.context["form"]["legal_bases"].value() == f"{LAW} (Bộ luật Lao động)"
    assert cited.context["form"]["body"].value() == "Viết."
    again = press(officer, case, cite=LAW, legal_bases=f"{LAW} (Bộ luật Lao động)")
    assert again.context["form"]["legal_bases"].value() == f"{LAW} (Bộ luật Lao động)"
    assert press(officer, case, cite="1/1/1").context["form"]["legal_bases"].value() == ""
    assert not Answer.objects.exists()


def test_a_draft_that_cites_a_replaced_document_is_told(
    basis: LegalBasis, ministry: Ministry, as_user: Any
) -> None:
    replace(basis)
    case = make_case(Status.PROCESSING, ministry)
    page = press(as_user(ministry.officer), case, tab="bases", legal_bases=f"Điều 35 {LAW}")
    assert [row.number for row in page.context["panel"].replaced] == [LAW]
    assert "đã được thay thế" in page.content.decode()


@pytest.mark.every_wagtail
def test_the_preview_has_what_was_typed_and_no_sender(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.PROCESSING, ministry)
    page = press(
        as_user(ministry.officer),
        case,
        tab="preview",
        body="Báo trước 45 ngày.",
        legal_bases=LAW,
        outcome="solved",
    )
    panel = page.context["panel"]
    assert "Báo trước 45 ngày." in panel.mail.body
    assert LAW in panel.mail.body
    assert panel.letter.paragraphs[0] == "Báo trước 45 ngày."
    assert "Nguyễn Thị Thu Cúc" not in panel.mail.body
    assert "[tên người gửi]" in panel.mail.body
    assert not Answer.objects.exists()
    assert (
        as_user(ministry.officer)
        .get(addresses.move_url(case.pk, Verb.DRAFT_ANSWER), {"tab": "preview"})
        .status_code
        == 200
    )


@pytest.mark.parametrize("where", ["case", "draft", "submit", "approve", "publish"])
def test_whoever_acts_on_an_answer_is_told_that_it_cites_a_replaced_document(
    where: str, ministry: Ministry, as_user: Any, section: Any
) -> None:
    """Before it goes out, not only on the published page; it is told, and nothing is refused for it."""
    status, person, verb = {
        "case": (Status.DRAFT_REVIEW, ministry.head, None),
        "draft": (Status.PROCESSING, ministry.officer, Verb.DRAFT_ANSWER),
        "submit": (Status.PROCESSING, ministry.officer, Verb.SUBMIT_ANSWER),
        "approve": (Status.DRAFT_REVIEW, ministry.head, Verb.APPROVE_ANSWER),
        "publish": (Status.ANSWERED, ministry.publisher, Verb.PUBLISH),
    }[where]
    case = make_case(status, ministry)
    if status == Status.PROCESSING:
        answering.draft_answer(case, body="Trả lời.", outcome="solved", legal_bases=OLD, by=person)
    if where == "publish":
        answering.prepare_public_text(case, title="Hỏi", question="Hỏi?", answer="Đáp.", by=ministry.officer)
        request_publication(case, by=ministry.officer)
    client = as_user(person)
    url = addresses.move_url(case.pk, verb) if verb else addresses.case_url(case.pk)
    seen = [client.get(url).content.decode()]
    LegalBasis.objects.create(
        number=OLD, title="Luật Việc làm", is_replaced=True, replaced_by=NEW, replaced_on=date(2026, 1, 1)
    )
    page = client.get(url)
    seen.append(page.content.decode())
    assert page.status_code == 200
    told = f"được thay bằng {NEW}, hết hiệu lực từ ngày 01/01/2026"
    assert [told in text for text in seen] == [False, True]


def test_whoever_cites_what_is_no_document_hears_it_and_is_not_held_up(
    basis: LegalBasis, ministry: Ministry, as_user: Any
) -> None:
    case = make_case(Status.PROCESSING, ministry)
    address, officer = addresses.move_url(case.pk, Verb.DRAFT_ANSWER), as_user(ministry.officer)
    cited = f"không phải số\n99/9999/NĐ-CP\n12/2025/NĐ-CP\n{LAW} (Bộ luật Lao động)"
    typed = {"version": case.version, "body": "Đáp rằng.", "legal_bases": cited, "outcome": "explained"}
    after = unescape(officer.post(address, typed, follow=True).content.decode())
    form = unescape(officer.get(address).content.decode())
    for page in (after, form):
        assert "“không phải số” không có số, ký hiệu văn bản nào đọc được." in page
        assert "99/9999/NĐ-CP" in page
        assert re.search(r"Không có trong danh mục căn cứ pháp lý: [^.]*12/2025/NĐ-CP", page)
        assert not re.search(rf"Không có trong danh mục căn cứ pháp lý: [^.]*{LAW}", page)
    assert Answer.objects.get(case=case).legal_bases == cited


def test_what_names_no_document_is_asked_about_before_it_is_handed_in(
    basis: LegalBasis, ministry: Ministry, as_user: Any
) -> None:
    """Once, and only of whoever hands it in: a draft is saved whatever it cites."""
    case = make_case(Status.PROCESSING, ministry)
    client, url = as_user(ministry.officer), addresses.move_url(case.pk, Verb.DRAFT_ANSWER)
    lines = "theo quy định hiện hành\nBộ luật Lao động\nĐiều 5 Luật Việc làm\n45/2019/QH14"
    data = {"version": case.version, "body": "Còn.", "legal_bases": lines, "outcome": "explained"}
    asked = client.post(url, {**data, "and_submit": "1"})
    assert asked.status_code == 200
    assert asked.context["form"].doubted == ("theo quy định hiện hành",)
    assert "không nêu văn bản nào" in unescape(asked.content.decode())
    assert not Answer.objects.filter(case=case).exists()
    seen = re.search(r'name="seen" value="(\w+)"', asked.content.decode())
    assert seen is not None
    # other words are asked about anew
    other = {**data, "legal_bases": "như trên", "seen": seen[1], "and_submit": "1"}
    assert client.post(url, other).context["form"].doubted == ("như trên",)
    assert client.post(url, {**data, "seen": seen[1], "and_submit": "1"}).status_code == 302
    case.refresh_from_db()
    assert case.status == Status.DRAFT_REVIEW
    draft = make_case(Status.PROCESSING, ministry)
    saved = {**data, "version": draft.version}
    assert client.post(addresses.move_url(draft.pk, Verb.DRAFT_ANSWER), saved).status_code == 302
