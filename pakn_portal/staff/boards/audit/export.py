"""The lines as a spreadsheet: words masked as in every spreadsheet of ours, and the seal of each line, so
that a printed page can be held against the register.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pakn_portal import clock
from pakn_portal.people.names import person
from pakn_portal.people.scope import Scope
from pakn_portal.staff.boards.audit.filters import nobodys_name
from pakn_portal.staff.boards.audit.lines import LineRow, read, rows_of
from pakn_portal.staff.cases.list.export import XLSX, Columns, Download, download
from pakn_portal.submissions.known import known_values
from pakn_portal.text import mask_all, mask_sure

_CHUNK: Final = 500
#: A sheet has no room for more beneath its heading.
MOST_OF_A_SHEET: Final = 1_048_575


def _known_masked(row: LineRow, words: str) -> str:
    """What the system wrote down itself: the people in it are colleagues, whose names are its point, and the
    sender.
    """
    return mask_sure(words, known_values(row.event.case.submission.sender)) if words else ""


def _masked(row: LineRow, words: str) -> str:
    """Everything that can be found, sure or not: nobody looks these over."""
    return mask_all(words, known_values(row.event.case.submission.sender)) if words else ""


def _account(row: LineRow) -> str:
    return str(row.event.by.get_username()) if row.event.by else ""


COLUMNS: Final[Columns[LineRow]] = [
    (pgettext_lazy("of a line", "At"), lambda row: clock.local(row.line.at)),
    (pgettext_lazy("of a line", "Done by"), lambda row: person(row.event.by) or nobodys_name()),
    (pgettext_lazy("of a line", "Account"), _account),
    (pgettext_lazy("of a line", "Act"), lambda row: row.label),
    (_("Case number"), lambda row: row.event.case.number),
    (pgettext_lazy("of a line", "What happened"), lambda row: _known_masked(row, row.line.sentence)),
    (
        pgettext_lazy("of a line", "Words"),
        lambda row: _masked(row, "\n".join(filter(None, (row.remark, row.line.note)))),
    ),
    (pgettext_lazy("of a line", "Status after it"), lambda row: capfirst(row.event.get_to_status_display())),
    (pgettext_lazy("of a line", "Place in the register"), lambda row: row.event.sequence),
    (pgettext_lazy("of a line", "Seal"), lambda row: row.event.hash),
]
_LONG: Final = {6, 7, 10}


def as_spreadsheet(lines: QuerySet[Any], scope: Scope, kind: str) -> Download:
    """A download of `lines`, which must already be limited to what the reader may see."""
    rows = _rows(read(lines), scope)
    if kind == XLSX:
        rows = islice(rows, MOST_OF_A_SHEET)
    return download(rows, COLUMNS, kind, name="pakn-nhat-ky", wide=_LONG)


def _rows(lines: QuerySet[Any], scope: Scope) -> Iterator[LineRow]:
    """The names in the sentences are read for some hundred lines at a time."""
    events = lines.iterator(chunk_size=_CHUNK)
    while chunk := list(islice(events, _CHUNK)):
        yield from rows_of(chunk, scope)
