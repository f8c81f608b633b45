"""What was answered already is shown to whoever is about to ask it; it stops nobody and remembers nobody."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from pakn_portal import clock
from pakn_portal.search.models import AnsweredInstead, ArchiveEntry
from tests.pages.forms import CITIZEN, fill
from tests.publication.test_cost import queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick")]
TITLE = "Hồ sơ hưởng trợ cấp thất nghiệp nộp ở đâu"


@pytest.fixture
def quick(settings: Any) -> None:
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "FORM_MIN_SECONDS": 0}


@pytest.fixture
def answered(section: Any) -> ArchiveEntry:
    from pakn_portal.management.imports.actions import import_answers
    from pakn_portal.management.imports.rows import AnswerRow

    for number, title in enumerate((TITLE, "Thủ tục cấp giấy phép lao động cho người nước ngoài")):
        import_answers([AnswerRow(f"nguon-{number}", title, title, "Nộp tại trung tâm dịch vụ việc làm.")])
    return ArchiveEntry.objects.get(title=TITLE)


def address(name: str) -> str:
    from django.urls import reverse

    return reverse(f"pakn_portal:{name}")


@pytest.mark.every_database
def test_answers_on_the_matter_are_told_and_others_are_not(answered: ArchiveEntry, client: Client) -> None:
    told = client.post(address("similar"), {"title": "Tôi nộp hồ sơ trợ cấp thất nghiệp ở đâu"})
    assert [one["title"] for one in told.json()["answers"]] == [TITLE]
    assert "no-store" in told["Cache-Control"]
    assert client.post(address("similar"), {"title": "Xin chào quý Bộ ạ"}).json() == {"answers": []}
    assert client.post(address("similar"), {"title": "trợ cấp"}).json() == {"answers": []}
    assert client.post(address("similar"), {"title": "trợ cấp " * 5000}).status_code == 200
    assert client.get(address("similar")).status_code == 405


def test_it_asks_the_same_number_of_queries_for_few_and_many(answered: ArchiveEntry, client: Client) -> None:
    from pakn_portal.management.imports.actions import import_answers
    from pakn_portal.management.imports.rows import AnswerRow

    with queries() as few:
        client.post(address("similar"), {"title": TITLE})
    import_answers([AnswerRow(f"them-{n}", f"{TITLE} {n}", TITLE, "Có.") for n in range(8)])
    with queries() as many:
        told = client.post(address("similar"), {"title": TITLE})
    assert len(told.json()["answers"]) == 3
    assert len(many) <= len(few) + 1


def test_the_page_before_sending_has_them_without_javascript(answered: ArchiveEntry, client: Client) -> None:
    page = client.post(CITIZEN, fill(client, action="check", title="Nộp hồ sơ trợ cấp thất nghiệp ở đâu?"))
    html = page.content.decode()
    assert TITLE in html
    assert "Câu này trả lời cho tôi" in html
    assert 'value="send"' in html
    other = client.post(CITIZEN, fill(client, action="check", title="Xin hỏi về lương hưu của giáo viên"))
    assert "Câu này trả lời cho tôi" not in other.content.decode()


@pytest.mark.every_database
def test_this_answers_me_is_counted_by_day_and_leaves_no_trace(
    answered: ArchiveEntry, client: Client
) -> None:
    for _press in range(2):
        opened = client.post(address("answered"), {"answer": answered.key})
        assert opened.status_code == 302
        assert "/hoi-dap/" in opened["Location"]
    assert list(AnsweredInstead.objects.values_list()) == [(clock.today(), 2)]
    assert not opened.cookies
    assert client.post(address("answered"), {"answer": "x:1"}).status_code == 404
    assert client.get(address("answered")).status_code == 405
    assert AnsweredInstead.objects.get().number == 2


@pytest.mark.every_database
def test_one_address_is_counted_so_often_an_hour_and_led_on(answered: ArchiveEntry, client: Client) -> None:
    for _press in range(25):
        assert client.post(address("answered"), {"answer": answered.key}).status_code == 302
    assert AnsweredInstead.objects.get().number == 20
    other = client.post(address("answered"), {"answer": answered.key}, REMOTE_ADDR="203.0.113.9")
    assert other.status_code == 302
    assert AnsweredInstead.objects.get().number == 21
