"""Answers on the site for the tests of their page."""

from __future__ import annotations

from typing import Any

from pakn_portal.pages.answers.actions import archive_page
from pakn_portal.pages.answers.actions import page_of_case as page_of
from pakn_portal.pages.answers.page import AnswerPage
from pakn_portal.register.texts import text_hash
from pakn_portal.snippets.models import Sector, Unit
from tests.factories import Ministry, make_case


def publish(ministry: Ministry, **submission: Any) -> AnswerPage:
    """An answer that went the whole way of its case."""
    page = page_of(make_case("published", ministry, **submission))
    assert page is not None
    return page


def bring_in(number: int = 1, **values: Any) -> AnswerPage:
    """An answer as an import makes it."""
    words = {"title": f"Câu hỏi {number}", "question": "Hỏi gì?", "answer": "Đáp rằng."}
    words |= {name: values.pop(name) for name in list(values) if name in words}
    page = AnswerPage(
        slug=f"cau-hoi-{number}",
        source_id=f"nguon-{number}",
        content_hash=text_hash(words["title"], words["question"], words["answer"]),
        sector=Sector.objects.first(),
        unit=Unit.objects.first(),
        **words,
        **values,
    )
    archive_page().add_child(instance=page)
    return page
