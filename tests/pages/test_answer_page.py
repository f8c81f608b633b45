from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from typing import Any, Final

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from pakn_portal import clock
from pakn_portal.answers import actions as answering
from pakn_portal.cases.actions import mark_duplicate
from pakn_portal.cases.enums import Status
from pakn_portal.pages.answers.actions import correct_answer, unpublish_answer
from pakn_portal.pages.answers.page import AnswerPage, Correction
from pakn_portal.pages.legal_text import LegalText
from tests.factories import make_case, make_ministry
from tests.pages.answers import bring_in, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Any:
    """The sentences as they stand in the source."""
    with translation.override("en"):
        yield


@pytest.fixture
def reader(client: Client) -> Client:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def ministry(section: Any) -> Any:
    return make_ministry()


def words(response: Any) -> str:
    """What a reader reads of the page."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_question_answer_and_facts(reader: Client, ministry: Any) -> None:
    page = publish(ministry)
    response = reader.get(page.url)
    assert response.status_code == 200
    seen = words(response)
    for part in (page.title, page.question, page.answer, "Cục Việc làm", "Citizen"):
        assert part in seen
    assert f"{page.answered_on:%d/%m/%Y}" in seen


def test_it_says_how_many_others_asked_the_same(reader: Client, ministry: Any) -> None:
    page = publish(ministry)
    assert "about the same matter" not in words(reader.get(page.url))
    for _number in range(2):
        mark_duplicate(make_case(Status.RECEIVED, ministry), master=page.public_text.case, by=ministry.intake)
    assert "and the senders of 2 other cases about the same matter" in words(reader.get(page.url))


#: Late on a Saturday by the clocks of Hà Nội; what is sent then counts from the Monday.
SATURDAY: Final = datetime(2026, 3, 14, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize("hours", [0, 7])
def test_it_is_never_dated_before_its_question(ministry: Any, hours: int) -> None:
    """Sent and answered on one Saturday, and over the midnight of Hà Nội, which is none of UTC."""
    with clock.acting_at(SATURDAY + timedelta(hours=hours)):
        page = publish(ministry)
    day = date(2026, 3, 14 if hours == 0 else 15)
    assert (page.asked_on, page.answered_on) == (day, day)
    assert page.public_text.case.submission.registered_on == date(2026, 3, 16)


def test_a_letter_is_asked_on_the_day_it_came(ministry: Any) -> None:
    with clock.acting_at(SATURDAY):
        page = publish(
            ministry, received_at=SATURDAY - timedelta(days=1), backdating_reason="Thư đến hôm qua"
        )
    assert (page.asked_on, page.answered_on) == (date(2026, 3, 13), date(2026, 3, 14))


def test_dates_in_the_wrong_order_are_mended_and_others_left(ministry: Any) -> None:
    migration = import_module("pakn_portal.migrations.0018_asked_before_answered")
    with clock.acting_at(SATURDAY):
        wrong, right, brought_in = publish(ministry), publish(ministry), bring_in()
    pages = AnswerPage.objects
    pages.filter(pk__in=[wrong.pk, brought_in.pk]).update(
        asked_on=date(2026, 3, 16), answered_on=date(2026, 3, 14)
    )
    pages.filter(pk=right.pk).update(asked_on=date(2026, 3, 16), answered_on=date(2026, 3, 16))
    migration.put_in_order(apps, None)
    days = [pages.get(pk=page.pk).asked_on.day for page in (wrong, right, brought_in)]
    assert days == [14, 16, 16]


def test_nothing_of_the_sender(reader: Client, ministry: Any) -> None:
    page = publish(ministry)
    html = reader.get(page.url).content.decode()
    for private in ("Nguyễn Thị Thu Cúc", "0900000101", "thucuc.nguyen", "Dĩ An", "PAKN-20"):
        assert private not in html


def test_text_is_escaped_and_lists_are_lists(reader: Client, section: Any) -> None:
    page = bring_in(answer="Bạn cần:\n- Đơn <script>x</script>\n- Ảnh 4x6\n\nNộp tại Sở.")
    html = reader.get(page.url).content.decode()
    assert "<ul><li>Đơn &lt;script&gt;x&lt;/script&gt;</li><li>Ảnh 4x6</li></ul>" in html
    assert "<p>Nộp tại Sở.</p>" in html


def test_document_numbers_lead_into_the_archive(reader: Client, section: Any) -> None:
    page = bring_in(answer="Theo 15/2025/tt-bldtbxh.", legal_bases="38/2013/QH13\n")
    html = reader.get(page.url).content.decode()
    archive = page.get_parent().url
    assert f'<a href="{archive}?q=15%2F2025%2FTT-BL%C4%90TBXH">15/2025/tt-bldtbxh</a>' in html
    assert f'<li><a href="{archive}?q=38%2F2013%2FQH13">38/2013/QH13</a></li>' in html


def test_a_law_in_the_archive_is_called_by_its_name_once(reader: Client, section: Any) -> None:
    LegalText.objects.create(
        source_id="a", slug="a", title="Điều 1", law_number="38/2013/QH13", law_name="Luật <Việc làm>"
    )
    page = bring_in(legal_bases="38/2013/QH13\nĐiều 5 Luật <việc làm> số 38/2013/QH13\n01/2020/NĐ-CP")
    html = reader.get(page.url).content.decode()
    bare, named, unknown = re.findall(r"<li>(.*?)</li>", html[html.index('id="pakn-bases"') :], re.DOTALL)[:3]
    assert bare.endswith("38/2013/QH13</a> (Luật &lt;Việc làm&gt;)")
    assert named.endswith("</a>")
    assert unknown.endswith("01/2020/NĐ-CP</a>")


def test_address_and_description(reader: Client, section: Any) -> None:
    page = bring_in(answer="Nộp trong\nba tháng. " + "Rất dài " * 60)
    html = reader.get(page.url + "?q=khac").content.decode()
    assert f'<link rel="canonical" href="{page.full_url}">' in html
    description = re.search(r'<meta name="description" content="([^"]*)">', html)
    assert description is not None
    assert description[1].startswith("Nộp trong ba tháng.")
    assert len(description[1]) <= 200


def test_editors_description_is_left_to_the_portal(reader: Client, section: Any) -> None:
    page = bring_in(search_description="Lời của biên tập")
    html = reader.get(page.url).content.decode()
    assert html.count('name="description"') == 1
    assert '<meta name="description" content="Lời của biên tập">' in html


def test_correction_is_dated_and_the_earlier_text_stays(reader: Client, ministry: Any) -> None:
    page = publish(ministry)
    case, earlier = page.public_text.case, page.answer
    answering.prepare_public_text(
        case, title=page.title, question=page.question, answer="Trong 90 ngày.", by=ministry.officer
    )
    correct_answer(case, by=ministry.publisher, note="Sửa thời hạn.")
    html = reader.get(page.url).content.decode()
    assert f"was corrected on {clock.today():%d/%m/%Y}" in html
    assert html.index("Trong 90 ngày.") < html.index("Sửa thời hạn.") < html.index(earlier)
    assert html.index("<details") < html.index(earlier)


def test_what_to_do_next(reader: Client, section: Any) -> None:
    page = bring_in()
    html = reader.get(page.url).content.decode()
    assert f'action="{page.get_parent().url}"' in html
    assert 'href="/pakn/gui/"' in html


def test_same_number_of_queries(reader: Client, section: Any, django_assert_num_queries: Any) -> None:
    short = bring_in(1)
    for number in range(2, 30):
        bring_in(number)
    long = bring_in(31, answer="\n".join(f"- Điều 1 Nghị định {n}/2020/NĐ-CP" for n in range(10, 60)))
    for number in range(30):
        Correction.objects.create(
            page=long, note=f"Lần {number}", corrected_on=date(2026, 1, 1), earlier_answer="Cũ"
        )
    reader.get(short.url)
    with CaptureQueriesContext(connection) as few:
        reader.get(short.url)
    with django_assert_num_queries(len(few)):
        reader.get(long.url)


def test_unpublished_answer_tells_when_and_why(reader: Client, ministry: Any) -> None:
    page = publish(ministry)
    case = page.public_text.case
    unpublish_answer(case, by=ministry.publisher, note="Văn bản đã hết hiệu lực. Gọi 0912345678.")
    response = reader.get(page.url)
    seen = words(response)
    assert response.status_code == 410
    assert f"until {clock.today():%d/%m/%Y}" in seen
    assert "Văn bản đã hết hiệu lực." in seen
    assert "0912345678" not in seen
    assert case.status == Status.ANSWERED
    for gone in (page.title, page.question, page.answer):
        assert gone not in seen


def test_never_released_page_is_not_found(reader: Client, section: Any) -> None:
    page = bring_in(live=False)
    assert reader.get(page.get_url()).status_code == 404
