"""Every day is read and shown by one field; see `tests/journeys/test_dates_stay.py` for the browser."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError

from pakn_portal.snippets.dates import DayInput, MinuteInput, day_field
from pakn_portal.staff.dates import minute_field
from tests.architecture.source import PACKAGE, python_files

TYPED = ["31/11/2026", "khoảng giữa tháng 11", "32/13/2026"]


@pytest.mark.parametrize("text", TYPED)
def test_a_day_that_is_none_is_refused_and_stays(text: str) -> None:
    for field in (day_field(), minute_field()):
        with pytest.raises(ValidationError) as refusal:
            field.clean(text)
        assert "05/11/2026" in str(refusal.value)
        assert field.widget.format_value(text) == text


def test_the_calendar_corrects_nothing() -> None:
    for widget in (DayInput(), MinuteInput()):
        assert widget.get_config()["validateOnBlur"] is False


def test_no_field_of_a_day_has_another_calendar() -> None:
    """The CMS's own puts another day in the place of one that is none."""
    own = PACKAGE / "snippets" / "dates.py"
    others = [path for path in python_files() if path != own]
    found = [
        path for path in others if re.search(r"Admin(Date|DateTime|Time)Input|\"date\"\}", path.read_text())
    ]
    assert found == []
