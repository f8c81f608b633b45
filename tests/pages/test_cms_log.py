"""The log of the CMS carries no words of an answer."""

from __future__ import annotations

import logging

import pytest

from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status
from pakn_portal.pages.answers.pages_of_cases import page_of_case
from pakn_portal.pages.section.page import SectionPage
from tests.factories import make_case, make_ministry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("section")]


def test_the_log_tells_no_title_of_an_answer(caplog: pytest.LogCaptureFixture) -> None:
    who = make_ministry()
    with caplog.at_level(logging.INFO, logger="wagtail"):
        case = make_case(Status.PUBLISHED, who)
        page = page_of_case(case)
        title = page.title
        actions.hold_case(case, by=who.publisher)
    told = [record.getMessage() for record in caplog.records if record.name == "wagtail"]
    assert any("…" in line and str(page.pk) in line for line in told), told
    assert not [line for line in told if title in line or page.slug in line], told


def test_the_log_goes_on_telling_other_titles(caplog: pytest.LogCaptureFixture) -> None:
    section = SectionPage.objects.get()
    with caplog.at_level(logging.INFO, logger="wagtail"):
        section.save_revision().publish()
    assert section.title in caplog.text
