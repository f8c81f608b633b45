"""A sender's consent to be named is seen by those who could name them."""

from __future__ import annotations

from typing import Any

import pytest

from pakn_portal.cases.enums import Status, Verb
from pakn_portal.staff import addresses
from pakn_portal.submissions.models import Submission
from tests.factories import Ministry, make_case


@pytest.mark.parametrize("agrees", [True, False])
def test_staff_and_publisher_see_who_agrees_to_be_named(
    agrees: bool, ministry: Ministry, as_user: Any
) -> None:
    case = make_case(Status.ANSWERED, ministry)
    Submission.objects.filter(pk=case.submission_id).update(wants_name_published=agrees)
    page = as_user(ministry.officer).get(addresses.case_url(case.pk)).content.decode()
    assert ("Đồng ý nêu tên trong câu trả lời công khai" in page) is agrees
    text = as_user(ministry.publisher).get(addresses.move_url(case.pk, Verb.PREPARE_PUBLIC_TEXT))
    assert ("Người gửi đồng ý nêu tên." in text.content.decode()) is agrees
