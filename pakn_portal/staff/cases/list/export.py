"""The list as a spreadsheet: no contacts, local times, and nothing that a spreadsheet program would run."""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, datetime
from tempfile import TemporaryFile
from typing import IO, Any, Final, TypeVar

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pakn_portal import clock
from pakn_portal.cases.models import Case
from pakn_portal.deadlines.due import is_overdue
from pakn_portal.people.names import person
from pakn_portal.submissions.known import known_values
from pakn_portal.text import mask_all, normalize
from pakn_portal.text.cells import as_text

CSV, XLSX = "csv", "xlsx"
_CHUNK: Final = 500
_TITLE_COLUMN: Final = 2
#: In letters.
_WIDE: Final = 60

Row = TypeVar("Row")
#: Heading and value of each.
Columns = list[tuple[Any, Callable[[Row], Any]]]
Download = HttpResponse | StreamingHttpResponse | FileResponse


def _title(case: Case) -> str:
    """Everything masked that can be found, sure or not: nobody looks these over. Of a sealed case none: what
    seals it is often in its title.
    """
    if case.is_sealed:
        return ""
    return mask_all(case.submission.title, known_values(case.submission.sender))


def _is_overdue(case: Case) -> bool:
    """Late still, or closed later than it was due; of a complaint or a denunciation: not handed over yet."""
    if not case.is_open and case.next_due_on is not None:
        return is_overdue(case.next_due_on, clock.today())
    return is_overdue(case.due_on, case.closed_on or clock.today())


#: Heading and value. The sender's name is left out like every contact, and their words are masked: a
#: spreadsheet travels.
COLUMNS: list[tuple[Any, Callable[[Case], Any]]] = [
    (_("Case number"), lambda case: case.number),
    (_("Title"), _title),
    (_("Kind"), lambda case: capfirst(case.submission.get_kind_display())),
    (_("Sender"), lambda case: capfirst(case.submission.sender.get_kind_display())),
    (_("Channel"), lambda case: capfirst(case.submission.get_channel_display())),
    (_("Status"), lambda case: capfirst(case.get_status_display())),
    (_("Sector"), lambda case: case.sector or ""),
    (_("Urgency"), lambda case: capfirst(case.get_urgency_display())),
    (_("Lead unit"), lambda case: case.lead_unit or ""),
    (_("Officer"), lambda case: person(case.officer)),
    (_("Received at"), lambda case: clock.local(case.submission.received_at)),
    (_("Registered on"), lambda case: case.registered_on),
    (_("Re-opened on"), lambda case: case.term_started_on if case.term_number > 1 else None),
    (_("Due on"), lambda case: case.next_due_on or case.due_on),
    (_("Closed on"), lambda case: case.closed_on),
    (_("Overdue"), lambda case: _("yes") if _is_overdue(case) else ""),
    (
        pgettext_lazy("what an opinion is on", "About"),
        lambda case: capfirst(case.get_about_display()) if case.about else "",
    ),
]


def as_spreadsheet(cases: QuerySet[Case], kind: str) -> Download:
    """A download of `cases`, which must already be limited to what the reader may see."""
    return download(cases.iterator(chunk_size=_CHUNK), COLUMNS, kind, name="pakn", wide={_TITLE_COLUMN})


def download(
    rows: Iterable[Row], columns: Columns[Row], kind: str, *, name: str, wide: Collection[int]
) -> Download:
    """Row by row, so that many need no memory. `wide`: the places of long columns, from 1."""
    name = f"{name}-{clock.local(clock.now()):%Y%m%d-%H%M}.{kind}"
    if kind == XLSX:
        return FileResponse(_xlsx(rows, columns, wide), as_attachment=True, filename=name)
    response = StreamingHttpResponse(_csv_lines(rows, columns), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def safe_cell(value: Any) -> str:
    """Text that stays text in Excel and LibreOffice."""
    return as_text(_shown(value))


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if hasattr(value, "hour"):
        return f"{value:%d/%m/%Y %H:%M}"
    # names of people are the portal's, and may hold what no cell can
    return f"{value:%d/%m/%Y}" if hasattr(value, "year") else normalize(str(value))


class _Line:
    """What the csv module writes to; hands the line back."""

    def write(self, line: str) -> str:
        return line


def _csv_lines(rows: Iterable[Row], columns: Columns[Row]) -> Iterator[str]:
    writer = csv.writer(_Line())
    # Excel takes a file without this mark for Windows-1258 and breaks every Vietnamese letter
    yield "\ufeff"
    yield writer.writerow([str(heading) for heading, _value in columns])
    for row in rows:
        yield writer.writerow([safe_cell(value(row)) for _heading, value in columns])


def _xlsx(rows: Iterable[Row], columns: Columns[Row], wide: Collection[int]) -> IO[bytes]:
    """Written row by row to a file of its own, so that a long list needs no memory: dates are dates, the head
    stays in sight, each column has a width and a filter.
    """
    # inside: slow to load, seldom used
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title="PAKN")
    sheet.freeze_panes = "A2"
    for number, (heading, _value) in enumerate(columns, start=1):
        width = _WIDE if number in wide else max(14, len(str(heading)) + 4)
        sheet.column_dimensions[get_column_letter(number)].width = width

    def cell(value: Any, *, bold: bool = False) -> Any:
        number_format = _format_of(value)
        found = WriteOnlyCell(sheet, value=value if number_format else safe_cell(value))
        if number_format:
            found.number_format = number_format
        if bold:
            found.font = Font(bold=True)
        return found

    sheet.append([cell(str(heading), bold=True) for heading, _value in columns])
    count = 1
    for row in rows:
        sheet.append([cell(_naive(value(row))) for _heading, value in columns])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count}"
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    workbook.save(file)
    file.seek(0)
    return file


def _naive(value: Any) -> Any:
    """A spreadsheet knows no zones; the instant is local already."""
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def _format_of(value: Any) -> str:
    """Of a date or an instant; empty for what is text."""
    if isinstance(value, datetime):
        return "dd/mm/yyyy hh:mm"
    return "dd/mm/yyyy" if isinstance(value, date) else ""
