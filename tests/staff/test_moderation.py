"""The CMS's own panels of its workflow name no answer by a title that is the same for all."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from pakn_portal.answers import actions as answering
from pakn_portal.cases.enums import Status
from pakn_portal.pages.answers.actions import request_publication
from tests.factories import Ministry, make_case

pytestmark = pytest.mark.django_db


def test_what_waits_for_a_publisher_stands_on_the_first_page_once_and_with_its_number(
    ministry: Ministry, as_user: Any, section: Any
) -> None:
    case = make_case(Status.ANSWERED, ministry)
    answering.prepare_public_text(case, title="Hỏi", question="Hỏi?", answer="Đáp.", by=ministry.officer)
    request_publication(case, by=ministry.officer)
    home = as_user(ministry.publisher).get(reverse("wagtailadmin_home")).content.decode()
    assert case.number in home
    assert "Câu trả lời không có trên trang" not in home
    assert "Chờ bạn duyệt" not in home
    assert "Câu trả lời không có trên trang" not in (
        as_user(ministry.officer).get(reverse("wagtailadmin_home")).content.decode()
    )
