"""The index of similar texts, from outside: written with the case, gone with its words, found at any age."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from pakn_portal.people.scope import scope_of
from pakn_portal.routing.alike import cases_alike
from pakn_portal.similar import sources
from pakn_portal.similar.keys import key_id
from pakn_portal.similar.models import SimilarBand
from pakn_portal.similar.sources import fill
from pakn_portal.submissions.models import Submission
from pakn_portal.submissions.sameness import nearest_submissions
from pakn_portal.submissions.wiping import wipe
from tests.factories import Ministry, make_case, make_many_cases

pytestmark = [pytest.mark.django_db, pytest.mark.every_database, pytest.mark.usefixtures("ministry")]

TITLE = "Công ty nợ bảo hiểm, xin chốt sổ"
WORDS = """Công ty nơi tôi làm việc nợ bảo hiểm xã hội từ tháng ba nên tôi nghỉ việc mà không chốt
được sổ. Tôi đã gửi đơn hai lần tới cơ quan bảo hiểm xã hội của quận nhưng chỉ nhận được câu trả lời
rằng công ty chưa đóng đủ. Xin Bộ cho biết trong khi chờ công ty đóng thì tôi có được hưởng trợ cấp thất
nghiệp hay không."""
#: By somebody who copied it and put in words of their own.
COPIED = WORDS.replace("tháng ba", "tháng năm").replace("của quận", "huyện tôi") + " Mong Bộ sớm trả lời."


def found_for(ministry: Ministry, content: str = COPIED, **more: Any) -> list[Any]:
    found = cases_alike(scope_of(ministry.intake), title="Xin hỏi", content=content, **more)
    return [each.case for each in found]


def test_a_copy_with_other_words_is_found_behind_a_thousand_newer_cases(ministry: Ministry) -> None:
    earlier = make_case(title=TITLE, content=WORDS)
    make_many_cases(1000)
    assert found_for(ministry) == [earlier]


def test_other_matters_are_not_offered(ministry: Ministry) -> None:
    make_case(title="Nâng lương", content="Tôi là giáo viên hợp đồng, xin hỏi thời gian tập sự tính thế nào.")
    assert found_for(ministry) == []


def test_it_is_written_with_the_case_or_not_at_all() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        make_case(title=TITLE, content=WORDS)
        assert nearest_submissions(TITLE, WORDS, most=5)
        raise RuntimeError
    assert not SimilarBand.objects.exists()


def test_what_is_wiped_is_found_no_more_and_leaves_no_row() -> None:
    case = make_case(title=TITLE, content=WORDS)
    wipe(case.submission)
    assert nearest_submissions(TITLE, COPIED, most=5) == []
    assert not SimilarBand.objects.exists()
    assert fill() == 0


def test_the_worker_remembers_what_came_before_the_index() -> None:
    case = make_case(title=TITLE, content=WORDS)
    make_many_cases(450)
    SimilarBand.objects.all().delete()
    assert fill() == 451
    assert nearest_submissions(TITLE, COPIED, most=5) == [case.submission_id]
    assert fill() == 0


def test_under_another_key_it_is_made_anew(settings: Any) -> None:
    case = make_case(title=TITLE, content=WORDS)
    before = set(SimilarBand.objects.values_list("value", flat=True))
    settings.SECRET_KEY = "another-key-of-the-site"
    assert nearest_submissions(TITLE, COPIED, most=5) == []
    assert fill() == 1
    assert nearest_submissions(TITLE, COPIED, most=5) == [case.submission_id]
    assert not before & set(SimilarBand.objects.values_list("value", flat=True))


def test_bands_of_another_key_go_a_few_at_a_time(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for title in (TITLE, "Xin hỏi", "Nợ bảo hiểm"):
        make_case(title=title, content=WORDS)
    settings.SECRET_KEY = "another-key-of-the-site"
    monkeypatch.setattr(sources, "_DROPPED", 10)
    with CaptureQueriesContext(connection) as queries:
        assert fill() == 3
    deletes = [query["sql"] for query in queries if query["sql"].startswith("DELETE")]
    assert len(deletes) > 3
    assert not SimilarBand.objects.exclude(key_id=key_id()).exists()


def test_what_changes_before_its_turn_is_not_remembered_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows are read again once they are locked."""
    case = make_case(title=TITLE, content=WORDS)
    SimilarBand.objects.all().delete()
    whole = sources._remember

    def later(source: Any, keys: list[int]) -> int:
        wipe(case.submission)
        return whole(source, keys)

    monkeypatch.setattr(sources, "_remember", later)
    with CaptureQueriesContext(connection) as queries:
        assert fill() == 0
    assert not SimilarBand.objects.exists()
    if connection.features.has_select_for_update:
        assert any("FOR UPDATE" in query["sql"] for query in queries)


def test_no_word_of_a_text_is_in_it() -> None:
    make_case(title=TITLE, content=WORDS)
    submission = Submission.objects.get()
    held = str(list(SimilarBand.objects.values()))
    assert not [word for word in submission.content.split() if len(word) > 3 and word in held]
