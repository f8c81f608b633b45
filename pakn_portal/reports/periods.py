"""Spans of days that figures are told of. Both ends belong to a span."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

MONTH, QUARTER, YEAR = "month", "quarter", "year"
_MONTHS: Final = {MONTH: 1, QUARTER: 3, YEAR: 12}
KINDS: Final = tuple(_MONTHS)


@dataclass(frozen=True)
class DateRange:
    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def month_of(day: date, back: int = 0) -> DateRange:
    """The month of this day, or the one so many months before."""
    first = _first_of(day, back)
    return DateRange(first, _first_of(first, -1) - timedelta(days=1))


def last_months(today: date, number: int = 12) -> list[DateRange]:
    """So many months, the oldest first; the last is that of today so far, as `until_today` has it, so that
    two numbers of one month are the same.
    """
    whole = [month_of(today, back) for back in range(number - 1, 0, -1)]
    return [*whole, until_today(MONTH, today)]


def until_today(kind: str, today: date) -> DateRange:
    """The month, quarter or year of today so far."""
    length = _MONTHS[kind]
    return DateRange(_first_of(today, (today.month - 1) % length), today)


def same_days_before(kind: str, span: DateRange) -> DateRange:
    """As far into the month, quarter or year before: two spans that may be compared."""
    back = _MONTHS[kind]
    first, month = _first_of(span.first, back), month_of(span.last, back)
    return DateRange(first, min(month.first + (span.last - month_of(span.last).first), month.last))


def _first_of(day: date, back: int) -> date:
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)
