from __future__ import annotations

import pytest

from pakn_portal.cases.enums import Status
from pakn_portal.cases.register import broken_lines
from tests.factories import make_case, make_ministry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", [status for status in Status if status != Status.PUBLISHED])
def test_a_case_comes_to_each_status_by_its_verbs(status: Status) -> None:
    case = make_case(status, make_ministry())
    assert case.status == status
    assert list(broken_lines(case)) == []
