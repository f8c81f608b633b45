"""What is personal in a petition's text is marked where staff read it; a way not taken is no fault."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pakn_portal import clock
from pakn_portal.cases.enums import Status
from pakn_portal.staff import addresses
from pakn_portal.submissions.models import Sender
from pakn_portal.templatetags.pakn_staff import pakn_personal
from tests.factories import Ministry, make_case

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("CCCD của tôi 001092000001, mã hồ sơ tôi gửi sau.", "001092000001"),
        ("Căn cước công dân số 0010 9200 0001.", "0010 9200 0001"),
        ("Xin gọi 0912 345 678 giúp tôi.", "0912 345 678"),
        ("Thư về dan@example.vn.", "dan@example.vn"),
    ],
)
def test_each_kind_is_marked_in_what_was_sent(
    words: str, found: str, ministry: Ministry, as_user: Any
) -> None:
    case = make_case(content=f"Kính gửi Bộ.\n\n{words}")
    html = as_user(ministry.intake).get(addresses.case_url(case.pk)).content.decode()
    assert f">{found}</mark>" in html


def test_what_was_sent_is_escaped_and_keeps_its_paragraphs() -> None:
    html = pakn_personal("<b>Một</b>\r\n\r\nCCCD 001092000001 & hai\nba", Sender(full_name="Lê A"))
    assert "<b>" not in html
    assert html.count("<p>") == 2
    assert "&amp; hai<br>ba" in html
    assert html.count("<mark") == 1


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.ROUTED])
def test_a_way_that_is_not_gone_is_no_fault(status: Status, ministry: Ministry, as_user: Any) -> None:
    """By when a case is referred, or sent back by a unit, says how long that way was open."""
    with clock.acting_at(clock.now() - timedelta(days=12)):
        case = make_case(status, ministry)
    client = as_user(ministry.intake if status == Status.SUBMITTED else ministry.officer)
    page = client.get(addresses.case_url(case.pk))
    ways = [one for one in page.context["dossier"].limits if one.limit.is_of_one_way]
    assert [one.is_over for one in ways] == [True]
    assert not any(one.is_missed for one in ways)
    html = page.content.decode()
    assert f'<p class="pakn-meta">{ways[0].sentence}' in html
    assert f'overdue">{ways[0].sentence}' not in html
