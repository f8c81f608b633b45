"""Days with their weekdays, as letters and screens write them."""

from __future__ import annotations

from datetime import date

from django.utils.translation import pgettext


def long_date(day: date) -> str:
    """The date with its weekday, as letters and screens show a due date: "thứ Năm 05/03/2026"."""
    return f"{weekday(day)} {day:%d/%m/%Y}"


def weekday(day: date) -> str:
    """The weekday inside a sentence: Vietnamese writes "thứ Năm", not the "Thứ 5" of a calendar."""
    return (
        pgettext("inside a sentence", "Monday"),
        pgettext("inside a sentence", "Tuesday"),
        pgettext("inside a sentence", "Wednesday"),
        pgettext("inside a sentence", "Thursday"),
        pgettext("inside a sentence", "Friday"),
        pgettext("inside a sentence", "Saturday"),
        pgettext("inside a sentence", "Sunday"),
    )[day.weekday()]
