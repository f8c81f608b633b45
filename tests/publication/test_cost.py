"""What a publication costs: how often it asks the database, the finder and the gate."""

from __future__ import annotations

import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from pakn_portal import text as texts
from pakn_portal.answers import actions as answers
from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case
from pakn_portal.pages.answers import guards
from pakn_portal.pages.answers.actions import (
    correct_answer,
    publish_answer,
    request_publication,
    unpublish_answer,
)
from pakn_portal.pages.answers.sources import CaseSource
from tests.architecture.source import PACKAGE
from tests.factories import Ministry, make_case, make_ministry

MOST_QUERIES = 60
#: The revision of a correction is made on the way, that of a publication before it; its senders are told, and
#: the letter that says so is kept.
MOST_OF_CORRECTION = 83


@pytest.fixture
def who(section: Any) -> Ministry:
    return make_ministry()


@pytest.fixture
def waiting(who: Ministry) -> Case:
    """A case whose public text waits for its publisher."""
    case = make_case(Status.ANSWERED, who)
    answers.prepare_public_text(
        case,
        title="Nghỉ việc hai tháng còn được nộp hồ sơ không?",
        question="Nghỉ việc đã hai tháng thì còn được nộp hồ sơ không?",
        answer="Người lao động nộp hồ sơ trong 3 tháng kể từ ngày nghỉ việc.",
        by=who.officer,
    )
    request_publication(case, by=who.officer)
    return Case.objects.get(pk=case.pk)


OTHER = "Người lao động nộp hồ sơ trong 90 ngày kể từ ngày nghỉ việc."


@pytest.fixture
def wrong(waiting: Case, who: Ministry) -> Case:
    """A case on the site, whose text was prepared anew."""
    page = publish_answer(waiting, by=who.publisher)
    answers.prepare_public_text(
        waiting, title=page.title, question=page.question, answer=OTHER, by=who.officer
    )
    return Case.objects.get(pk=waiting.pk)


@contextmanager
def queries() -> Iterator[list[tuple[str, bool]]]:
    """Each statement that reads or writes, and whether a line of ours asks it, not one of a library's."""
    found: list[tuple[str, bool]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "SAVEPOINT" not in sql:
            found.append((f"{sql} {params}", _is_ours()))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def _is_ours() -> bool:
    """Whether the nearest line outside of Django is one of the package."""
    django = str(Path(sys.modules["django"].__file__ or "").parent)
    lines = (frame.filename for frame in reversed(traceback.extract_stack()[:-2]))
    nearest = next(name for name in lines if not name.startswith(django) and name != __file__)
    return Path(nearest).is_relative_to(PACKAGE)


def repeated(found: list[tuple[str, bool]]) -> list[str]:
    counts = Counter(sql for sql, is_ours in found if is_ours)
    return [sql for sql, count in counts.items() if count > 1]


@pytest.mark.newest
def test_publishing_asks_each_thing_once(waiting: Case, who: Ministry) -> None:
    with queries() as found:
        page = publish_answer(waiting, by=who.publisher)
    assert page.live
    assert repeated(found) == []
    assert len(found) <= MOST_QUERIES, "\n".join(sql[:150] for sql, _ours in found)


def test_publishing_anew_after_it_was_taken_off_costs_no_more(waiting: Case, who: Ministry) -> None:
    publish_answer(waiting, by=who.publisher)
    unpublish_answer(waiting, by=who.publisher, note="Nhầm.")
    request_publication(waiting, by=who.officer)
    with queries() as found:
        publish_answer(waiting, by=who.publisher)
    assert repeated(found) == []
    assert len(found) <= MOST_QUERIES, "\n".join(sql[:150] for sql, _ours in found)


def test_a_correction_asks_each_thing_once(wrong: Case, who: Ministry) -> None:
    with queries() as found:
        correct_answer(wrong, by=who.publisher, note="Sửa.")
    assert repeated(found) == []
    assert len(found) <= MOST_OF_CORRECTION, "\n".join(sql[:150] for sql, _ours in found)


@pytest.fixture
def looked_at(monkeypatch: Any) -> list[str]:
    """What the finder was asked about, whoever asked it."""
    seen: list[str] = []
    original = texts.find_personal_data

    def count(words: str, *args: Any, **kwargs: Any) -> Any:
        seen.append(words)
        return original(words, *args, **kwargs)

    for module in list(sys.modules.values()):
        if getattr(module, "find_personal_data", None) is original:
            monkeypatch.setattr(module, "find_personal_data", count)
    return seen


def test_the_finder_looks_at_each_text_once(waiting: Case, who: Ministry, looked_at: list[str]) -> None:
    page = publish_answer(waiting, by=who.publisher)
    assert looked_at == [page.title, page.question, page.answer]


def test_the_finder_looks_at_each_corrected_text_once(
    wrong: Case, who: Ministry, looked_at: list[str]
) -> None:
    """The new texts, what is kept of the earlier ones, the note, which the register masks by itself, and what
    the letter to the sender is about: its heading and its body name it.
    """
    page = wrong.public_text.page  # type: ignore[attr-defined]
    looked_at.clear()
    correct_answer(wrong, by=who.publisher, note="Sửa.")
    new, kept = [page.title, page.question, OTHER], [page.question, page.answer]
    assert looked_at[:3] == new
    of_letter = [wrong.submission.title, wrong.submission.title, OTHER]
    assert sorted(looked_at[3:]) == sorted([*kept, "Sửa.", "Sửa.", *of_letter])


def test_four_eyes_are_asked_once_for_a_correction(wrong: Case, who: Ministry, monkeypatch: Any) -> None:
    asked: list[Any] = []
    original = guards.hands_on
    monkeypatch.setattr(guards, "hands_on", lambda case: [asked.append(case.pk), original(case)][1])
    correct_answer(wrong, by=who.publisher, note="Sửa.")
    assert asked == [wrong.pk]


@pytest.mark.parametrize("way", ["verb", "workflow", "revision", "correction"])
def test_the_gate_is_asked_once(
    waiting: Case, who: Ministry, monkeypatch: Any, way: str, request: Any
) -> None:
    asked: list[Any] = []
    original = CaseSource.refusal

    def count(source: CaseSource, page: Any, by: Any) -> str:
        asked.append(by)
        return original(source, page, by)

    monkeypatch.setattr(CaseSource, "refusal", count)
    page = waiting.public_text.page  # type: ignore[attr-defined]
    if way == "correction":
        waiting = request.getfixturevalue("wrong")
        asked.clear()
        correct_answer(waiting, by=who.publisher, note="Sửa.")
    elif way == "verb":
        publish_answer(waiting, by=who.publisher)
    elif way == "workflow":
        state = page.current_workflow_task_state
        state.task.specific.on_action(state, who.publisher, "approve")
    else:
        page.get_latest_revision().publish(user=who.publisher)
    page.refresh_from_db()
    assert page.live
    assert asked == [who.publisher]
