"""Several answers taken off at once by the CMS's own button: a reason, and an outcome for each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from pakn_portal import clock
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.pages.answers.actions import unpublish_imported
from pakn_portal.pages.answers.cms import at_once
from pakn_portal.pages.answers.page import AnswerPage
from tests.factories import Ministry
from tests.pages.answers import bring_in, publish
from tests.staff.conftest import As

pytestmark = pytest.mark.django_db

REASON = "Căn cứ pháp lý đã thay đổi."
ASKED = 'name="pakn_reason"'


def address(*pages: Any) -> str:
    ids = "&".join(f"id={page.pk}" for page in pages)
    return f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'unpublish'])}?{ids}"


def take_off(client: Client, *pages: Any, **data: str) -> HttpResponse:
    response: HttpResponse = client.post(
        f"{address(*pages)}&next={reverse('wagtailadmin_home')}", data, follow=True
    )
    return response


def as_kept(*pages: AnswerPage) -> list[tuple[bool, str, str]]:
    found = AnswerPage.objects.select_related("public_text__case").in_bulk([page.pk for page in pages])
    return [
        (one.live, one.unpublished_reason, one.public_text.case.status)
        for one in (found[page.pk] for page in pages)
    ]


def named(page: AnswerPage) -> str:
    return f"{page.public_text.case.number} “{page.title}”"


@pytest.fixture
def pages(section: Any, ministry: Ministry) -> list[AnswerPage]:
    return [publish(ministry) for _number in range(2)]


def test_it_asks_why_and_each_answer_says_it(
    pages: list[AnswerPage], ministry: Ministry, as_user: As
) -> None:
    client = as_user(ministry.publisher)
    assert ASKED in client.get(address(*pages)).content.decode()
    page = take_off(client, *pages, pakn_reason=REASON).content.decode()
    assert as_kept(*pages) == [(False, REASON, Status.ANSWERED)] * 2
    assert f"Đã gỡ 2 câu trả lời khỏi cổng: {named(pages[0])}; {named(pages[1])}" in page
    for case in Case.objects.filter(public_text__page__in=pages):
        last = case.events.order_by("-sequence").first()
        assert (last.verb, last.note) == (Verb.UNPUBLISH, REASON)
    for one in pages:
        assert REASON in Client().get(one.url).content.decode()


def test_without_a_reason_nothing_leaves(pages: list[AnswerPage], ministry: Ministry, as_user: As) -> None:
    page = take_off(as_user(ministry.publisher), *pages, pakn_reason="  ")
    assert "Hãy ghi lý do" in page.content.decode()
    assert ASKED in page.content.decode()
    assert as_kept(*pages) == [(True, "", Status.PUBLISHED)] * 2


def test_one_that_is_refused_holds_up_no_other(
    pages: list[AnswerPage], ministry: Ministry, as_user: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pakn_portal.publication.gate import GateShut
    from pakn_portal.staff.cases import unpublishing

    act, first = unpublishing.unpublish_answer, pages[0].public_text.case_id

    def refuses_the_first(case: Case, **given: Any) -> None:
        if case.pk == first:
            raise GateShut("Hồ sơ đang được xem xét.")
        act(case, **given)

    monkeypatch.setattr(unpublishing, "unpublish_answer", refuses_the_first)
    page = take_off(as_user(ministry.publisher), *pages, pakn_reason=REASON).content.decode()
    assert as_kept(*pages) == [(True, "", Status.PUBLISHED), (False, REASON, Status.ANSWERED)]
    assert f"{named(pages[0])}: Hồ sơ đang được xem xét." in page
    assert f"Đã gỡ 1 câu trả lời khỏi cổng: {named(pages[1])}" in page


def test_those_beneath_a_page_say_it_too(pages: list[AnswerPage], ministry: Ministry, as_user: As) -> None:
    client, above = as_user(ministry.administrator), pages[0].get_parent()
    ministry.administrator.is_superuser = True
    ministry.administrator.save()
    form = client.get(address(above)).content.decode()
    assert ASKED in form
    assert "include_descendants" in form
    take_off(client, above, pakn_reason=REASON, include_descendants="on")
    assert [(live, why) for live, why, _status in as_kept(*pages)] == [(False, REASON)] * 2
    above.refresh_from_db()
    assert not above.live


def test_too_many_at_once_are_refused_before_any_leaves(
    pages: list[AnswerPage], ministry: Ministry, as_user: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(at_once, "MOST_AT_ONCE", 1)
    ministry.administrator.is_superuser = True
    ministry.administrator.save()
    client, above = as_user(ministry.administrator), pages[0].get_parent()
    refused = "Đang chọn gỡ 2 câu trả lời; mỗi lần chỉ gỡ được nhiều nhất 1"
    alone = reverse("wagtailadmin_pages:unpublish", args=[above.pk])
    api = f"/admin/api/main/pages/{above.pk}/action/unpublish/"
    for response in (
        take_off(client, *pages, pakn_reason=REASON),
        take_off(client, above, pakn_reason=REASON, include_descendants="on"),
        # a form of before the reason was asked for, and the door of a single page
        take_off(client, above, include_descendants="on"),
        client.post(alone, {"include_descendants": "on"}, follow=True),
        # the CMS's API, which has no form
        client.post(api, {"recursive": True}, "application/json"),
    ):
        assert refused in response.content.decode()
        assert as_kept(*pages) == [(True, "", Status.PUBLISHED)] * 2
    assert type(above).objects.get(pk=above.pk).live
    # the page above alone is one page
    client.post(alone, {})
    assert not type(above).objects.get(pk=above.pk).live


def test_a_message_names_only_the_first(
    pages: list[AnswerPage], ministry: Ministry, as_user: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pakn_portal.staff.cases import unpublishing

    monkeypatch.setattr(unpublishing, "_MOST_NAMED", 1)
    page = take_off(as_user(ministry.publisher), *pages, pakn_reason=REASON).content.decode()
    assert f"Đã gỡ 2 câu trả lời khỏi cổng: {named(pages[0])}; và 1 câu trả lời khác" in page
    assert named(pages[1]) not in page


def test_refusals_beyond_the_first_are_counted(
    pages: list[AnswerPage], ministry: Ministry, as_user: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pakn_portal.publication.gate import GateShut
    from pakn_portal.staff.cases import unpublishing

    def refuses(case: Case, **given: Any) -> None:
        raise GateShut("Hồ sơ đang được xem xét.")

    monkeypatch.setattr(unpublishing, "_MOST_NAMED", 1)
    monkeypatch.setattr(unpublishing, "unpublish_answer", refuses)
    page = take_off(as_user(ministry.publisher), *pages, pakn_reason=REASON).content.decode()
    assert page.count("Hồ sơ đang được xem xét.") == 1
    assert "Còn 1 câu trả lời khác cũng chưa gỡ được." in page


def test_other_pages_are_asked_nothing(section: Any, ministry: Ministry, as_user: As) -> None:
    ministry.administrator.is_superuser = True
    ministry.administrator.save()
    client = as_user(ministry.administrator)
    assert ASKED not in client.get(address(section)).content.decode()


def test_an_imported_answer_says_why_too(section: Any, ministry: Ministry, as_user: As) -> None:
    ministry.administrator.is_superuser = True
    ministry.administrator.save()
    client = as_user(ministry.administrator)
    for number, is_alone in ((1, False), (2, True)):
        page = bring_in(number)
        where = reverse("wagtailadmin_pages:unpublish", args=[page.pk]) if is_alone else address(page)
        assert ASKED in client.get(where).content.decode()
        for reason in ("  ", "Theo ông Nguyễn Văn An, 0912 345 678.", REASON):
            assert AnswerPage.objects.get(pk=page.pk).live
            client.post(where, {"pakn_reason": reason}, follow=True)
        left = AnswerPage.objects.get(pk=page.pk)
        assert (left.live, left.unpublished_reason) == (False, REASON)
        gone = Client().get(page.url)
        assert gone.status_code == 410
        assert REASON in gone.content.decode()


def test_an_imported_answer_back_on_the_site_has_no_old_reason(section: Any, ministry: Ministry) -> None:
    """Nor does the next time that it is taken off tell the day and the reason of the first."""
    ministry.administrator.is_superuser = True
    ministry.administrator.save()
    page, days = bring_in(), (clock.today() - timedelta(9), clock.today())
    for at, by in enumerate((None, ministry.administrator)):
        unpublish_imported(AnswerPage.objects.get(pk=page.pk), by=ministry.administrator, note=REASON)
        off = AnswerPage.objects.get(pk=page.pk)
        assert (off.live, off.unpublished_on, off.unpublished_reason) == (False, clock.today(), REASON)
        AnswerPage.objects.filter(pk=page.pk).update(unpublished_on=days[0])
        AnswerPage.objects.get(pk=page.pk).save_revision().publish(user=by)
        back = AnswerPage.objects.get(pk=page.pk)
        assert (back.live, back.unpublished_on, back.unpublished_reason) == (True, None, ""), at
    AnswerPage.objects.get(pk=page.pk).unpublish()
    left = AnswerPage.objects.get(pk=page.pk)
    assert (left.live, left.unpublished_on, left.unpublished_reason) == (False, days[1], "")


def test_a_reason_with_a_name_is_refused_beside_the_field(
    pages: list[AnswerPage], ministry: Ministry, as_user: As
) -> None:
    reason = "Ông Nguyễn Văn An, 0912 345 678, đề nghị gỡ."
    page = take_off(as_user(ministry.publisher), *pages, pakn_reason=reason).content.decode()
    assert "bỏ “" in page
    assert reason in page
    assert as_kept(*pages) == [(True, "", Status.PUBLISHED)] * 2
