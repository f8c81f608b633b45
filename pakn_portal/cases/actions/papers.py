"""Number and date of a paper, as a line of the register names it."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from pakn_portal import clock
from pakn_portal.cases.models import Case

LONGEST_NUMBER: Final = 60
#: As numbers of papers are written, such as 05/2026/BMNN. The register keeps it for good, so no sentence.
_PAPER_NUMBER: Final = re.compile(r"[^\W_]+([./-][^\W_]+)*")
#: Number and abbreviations of a letter: Decree 30/2020/NĐ-CP, Annex I part I, point 3.
_LETTER_NUMBER: Final = re.compile(
    r"(?!0+[^\d])\d{2,}[a-zđ]?(/\d{4})?/[^\W\d_][^\W_]*([.&/-][^\W\d_][^\W_]*)*"
)
_ONE_DIGIT: Final = re.compile(r"^(\d)(?=\s*/)")


def problem_of_number(text: str) -> str:
    """Why this is no number of a paper; empty for one that is."""
    number = text.strip()
    has_figures = any(char.isdigit() for char in number)
    if len(number) <= LONGEST_NUMBER and has_figures and _PAPER_NUMBER.fullmatch(number):
        return ""
    return _("Write the number as it stands on the paper, such as 123/BNV-TTr.")


def letter_number(text: str) -> str:
    """With a zero before a number below ten, and no blanks around the stroke: 05/BNV-VP."""
    return _ONE_DIGIT.sub(r"0\1", re.sub(r"\s*([/-])\s*", r"\1", text.strip()))


def problem_of_letter_number(text: str) -> str:
    """Why this is no number of a letter that a ministry sends; empty for one that is."""
    number = letter_number(text)
    if len(number) <= LONGEST_NUMBER and _LETTER_NUMBER.fullmatch(number):
        return ""
    return _(
        "Write number and abbreviations as Decree 30/2020/NĐ-CP has them, such as 05/BNV-VP or 123/BNV-TTr."
    )


def problem_of_date(case: Case, day: date, *, act_on: date | None = None) -> str:
    """Why a paper about this case, or about its act of that day, cannot be of this day."""
    if day > clock.today():
        return _("The paper cannot be of a day to come.")
    if act_on is not None and day < act_on:
        return _("The paper tells of what was done on %(day)s, so it cannot be older.") % {
            "day": f"{act_on:%d/%m/%Y}"
        }
    if day < clock.local_date(case.submission.received_at):
        return _("The paper cannot be older than the case.")
    return ""
