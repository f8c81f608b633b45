"""The list of difficulties as a spreadsheet, for who mends the software."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any, Final

from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext_lazy as _

from pakn_portal import clock
from pakn_portal.people.names import person
from pakn_portal.staff.help.models import Difficulty
from pakn_portal.text.cells import as_text

COLUMNS: Final[list[tuple[Any, Callable[[Difficulty], Any]]]] = [
    (_("Reported at"), lambda row: f"{clock.local(row.reported_at):%d/%m/%Y %H:%M}"),
    (_("Reported by"), lambda row: person(row.reported_by)),
    (_("Screen"), lambda row: row.screen_title),
    (_("Version"), lambda row: row.version),
    (_("What is difficult"), lambda row: row.words),
    (_("What was done"), lambda row: row.remedy),
    (_("By"), lambda row: person(row.dealt_with_by)),
]


def as_csv(rows: Iterable[Difficulty]) -> HttpResponse:
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{_name("csv")}"'
    writer = csv.writer(answer)
    writer.writerows(_table(rows))
    return answer


def as_workbook(rows: Iterable[Difficulty]) -> FileResponse:
    from openpyxl import Workbook  # inside: slow to load, seldom used

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for line in _table(rows):
        sheet.append(line)
    file = BytesIO()
    book.save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=_name("xlsx"))


def _table(rows: Iterable[Difficulty]) -> list[list[str]]:
    heads = [str(label) for label, _value in COLUMNS]
    return [heads, *([as_text(str(value(row))) for _label, value in COLUMNS] for row in rows)]


def _name(kind: str) -> str:
    return f"pakn-kho-khan-{clock.local(clock.now()):%Y%m%d-%H%M}.{kind}"
