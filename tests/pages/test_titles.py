"""A title and the address made of it: what is decided about the one, and what leaves both."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from pakn_portal.answers import actions as answers
from pakn_portal.answers.finds import open_finds
from pakn_portal.answers.models import PublicText
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.pages.answers.actions import publish_answer, request_publication, unpublish_answer
from pakn_portal.pages.models import AnswerPage
from pakn_portal.publication.gate import GateShut
from pakn_portal.staff import addresses
from tests.factories import Ministry, make_case, make_ministry

pytestmark = pytest.mark.django_db
WORDS = {"question": "Còn kịp nộp không?", "answer": "Nộp trong ba tháng."}


@pytest.fixture
def who(section: Any) -> Ministry:
    return make_ministry()


def prepare(case: Case, who: Ministry, title: str) -> None:
    """Each find in it is confirmed."""
    words = {"title": title, **WORDS}
    answers.prepare_public_text(Case.objects.get(pk=case.pk), **words, by=who.officer)
    confirmed = [mark.fingerprint for mark in open_finds(PublicText.objects.get(case=case))]
    if confirmed:
        found = Case.objects.get(pk=case.pk)
        answers.prepare_public_text(found, **words, confirmed=confirmed, by=who.officer)


def press(case: Case, verb: Verb, by: Any, **typed: str) -> Any:
    client = Client(raise_request_exception=False)
    client.force_login(by)
    version = Case.objects.get(pk=case.pk).version
    return client.post(addresses.move_url(case.pk, verb), {"version": version, **typed})


def page_of(case: Case) -> AnswerPage:
    page: AnswerPage = AnswerPage.objects.get(public_text__case=case)
    return page


@pytest.fixture(
    params=["Bà Trần Thị Mận hỏi về lương hưu", "Hồ sơ của Nguyễn Văn Tèo", "Thông tư 09/12/34/56/78"]
)
def named(who: Ministry, request: pytest.FixtureRequest) -> Case:
    """On the site, with a title that is to lose a word."""
    case = make_case(Status.ANSWERED, who)
    prepare(case, who, request.param)
    request_publication(Case.objects.get(pk=case.pk), by=who.officer)
    publish_answer(Case.objects.get(pk=case.pk), by=who.publisher)
    return case


def test_a_correction_takes_a_name_out_of_title_and_address(named: Case, who: Ministry) -> None:
    old = page_of(named).url
    prepare(named, who, "Hỏi về lương hưu")
    assert press(named, Verb.CORRECT, who.publisher, note="Bỏ tên riêng.").status_code == 302
    page = page_of(named)
    assert (page.live, page.title) == (True, "Hỏi về lương hưu")
    assert page.slug == page.public_slug == f"hoi-ve-luong-huu-{page.public_text_id}"
    assert Client().get(page.url).status_code == 200
    assert Client().get(old).status_code == 404


def test_so_does_a_text_that_is_sent_anew(named: Case, who: Ministry) -> None:
    old = page_of(named).url
    unpublish_answer(Case.objects.get(pk=named.pk), by=who.publisher, note="Gỡ.")
    prepare(named, who, "Hỏi về lương hưu")
    assert press(named, Verb.REQUEST_PUBLICATION, who.officer).status_code == 302
    assert press(named, Verb.PUBLISH, who.publisher).status_code == 302
    page = page_of(named)
    assert (page.live, page.slug) == (True, f"hoi-ve-luong-huu-{page.public_text_id}")
    assert Client().get(old).status_code == 404


def test_an_address_without_a_find_stays(who: Ministry) -> None:
    case = make_case(Status.PUBLISHED, who)
    slug = page_of(case).slug
    prepare(case, who, "Một câu hỏi khác")
    assert press(case, Verb.CORRECT, who.publisher, note="Sửa.").status_code == 302
    assert page_of(case).slug == slug


@pytest.mark.parametrize(
    "title",
    [
        "Giai đoạn 1995-2001, 2003-2007 tính ra sao",
        "Thông tư 09/12/34/56/78 áp dụng ra sao",
        "Bà Nguyễn-Thị-Mận hỏi về lương hưu",
        "Gọi 0900.000.101 để hỏi",
    ],
)
def test_what_was_decided_in_the_title_is_not_asked_in_its_address(title: str, who: Ministry) -> None:
    case = make_case(Status.ANSWERED, who)
    prepare(case, who, title)
    assert press(case, Verb.REQUEST_PUBLICATION, who.officer).status_code == 302
    assert press(case, Verb.PUBLISH, who.publisher).status_code == 302
    assert page_of(case).live


@pytest.mark.parametrize("title", ["N.g.u.y.ễ.n T.h.ị T.h.u C.ú.c", "Số 0/9/0/0/0/0/0/1/0/1 hỏi"])
def test_a_sender_spelled_out_is_refused_with_a_sentence(title: str, who: Ministry) -> None:
    case = make_case(Status.ANSWERED, who)
    words = {"title": title, **WORDS}
    answers.prepare_public_text(case, **words, by=who.officer)
    seen = press(case, Verb.REQUEST_PUBLICATION, who.officer)
    assert seen.status_code == 409
    assert "được lập từ tiêu đề" in seen.content.decode()
    assert not AnswerPage.objects.filter(public_text__case=case).exists()


@pytest.fixture
def rewritten(who: Ministry) -> Case:
    """Taken off the site; other words are prepared, and nobody sent them."""
    case = make_case(Status.PUBLISHED, who)
    unpublish_answer(Case.objects.get(pk=case.pk), by=who.publisher, note="Gỡ.")
    prepare(case, who, "Lời mới")
    return case


def test_what_left_the_site_does_not_return_in_the_place_of_new_words(rewritten: Case, who: Ministry) -> None:
    client = Client()
    client.force_login(who.second_publisher)
    address = addresses.move_url(rewritten.pk, Verb.PUBLISH)
    assert client.get(address).status_code == 302
    seen = press(rewritten, Verb.PUBLISH, who.second_publisher)
    assert seen.status_code == 409
    again = press(rewritten, Verb.PUBLISH, who.second_publisher)
    assert (again.status_code, page_of(rewritten).live) == (409, False)


@pytest.mark.parametrize("is_sent", [False, True])
def test_nor_by_its_old_revision(rewritten: Case, who: Ministry, is_sent: bool) -> None:
    old = page_of(rewritten).get_latest_revision()
    if is_sent:
        assert press(rewritten, Verb.REQUEST_PUBLICATION, who.officer).status_code == 302
    with pytest.raises(GateShut):
        old.publish(user=who.second_publisher)
    assert not page_of(rewritten).live
