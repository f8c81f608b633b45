"""Number and date of a paper, as a line of the register names it."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from pakn_portal import clock
from pakn_portal.cases.models import Case

LONGEST_NUMBER: Final = 60
#: As numbers of papers are written, such as 123/BNV-TTr. The register keeps it for good, so no sentence.
_PAPER_NUMBER: Final = re.compile(r"[^\W_]+([./-][^\W_]+)*")


def problem_of_number(text: str) -> str:
    """Why this is no number of a paper; empty for one that is."""
    number = text.strip()
    has_figures = any(char.isdigit() for char in number)
    if len(number) <= LONGEST_NUMBER and has_figures and _PAPER_NUMBER.fullmatch(number):
        return ""
    return _("Write the number as it stands on the paper, such as 123/BNV-TTr.")


def problem_of_date(case: Case, day: date) -> str:
    """Why a paper about this case cannot be of this day."""
    if day > clock.today():
        return _("The paper cannot be of a day to come.")
    if day < clock.local_date(case.submission.received_at):
        return _("The paper cannot be older than the case.")
    return ""
