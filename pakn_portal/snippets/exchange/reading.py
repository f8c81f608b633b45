"""An uploaded table, within bounds: what it may weigh, unpack to and hold."""

from __future__ import annotations

import csv
import re
from io import BytesIO
from typing import Any, Final
from zipfile import ZipFile

import tablib
from django.utils.translation import gettext as _

MOST_BYTES: Final = 500 * 1024
#: Of a workbook, unpacked.
MOST_UNPACKED: Final = 10 * 1024 * 1024
MOST_ROWS: Final = 2_000
MOST_COLUMNS: Final = 40
#: Of a workbook: a text for each cell of a full table, and the marks that such a table takes.
MOST_STRINGS: Final = MOST_ROWS * MOST_COLUMNS
MOST_MARKS: Final = 8 * MOST_STRINGS
_STRING: Final = re.compile(rb"<(?:[^\s<>/!?]+:)?si[\s/>]")
#: UTF-16, in which the marks could not be counted; no spreadsheet writes it.
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")


class UnreadableTable(Exception):
    """`str(error)` is for whoever sent the file."""


def read_table(content: bytes) -> tablib.Dataset:
    """CSV in UTF-8 or the first sheet of an XLSX; the first line has the headings. Raises UnreadableTable."""
    if len(content) > MOST_BYTES:
        raise UnreadableTable(_("The file has more than %(limit)s kB.") % {"limit": MOST_BYTES // 1024})
    rows = _rows_of_workbook(content) if content.startswith(b"PK") else _rows_of_csv(content)
    rows = [row for row in rows if _values(row)]
    for row in rows:
        if len(_values(row)) > len(rows[0]):
            sentence = _("The row that begins with “%(cell)s” has more cells than there are headings.")
            raise UnreadableTable(
                sentence % {"cell": next(value for value in row if value not in (None, ""))}
            )
    if len(rows) < 2:
        raise UnreadableTable(_("The file has no row beneath its headings."))
    if len(rows) > MOST_ROWS + 1 or len(rows[0]) > MOST_COLUMNS:
        limits = {"rows": MOST_ROWS, "columns": MOST_COLUMNS}
        raise UnreadableTable(_("A file may have at most %(rows)s rows and %(columns)s columns.") % limits)
    width = len(rows[0])
    headings = ["" if value is None else str(value).strip() for value in rows[0]]
    return tablib.Dataset(*[_fitted(row, width) for row in rows[1:]], headers=headings)


def _values(row: list[Any]) -> list[Any]:
    """Without the empty cells at the end."""
    filled = [place for place, value in enumerate(row, 1) if value not in (None, "")]
    return row[: filled[-1]] if filled else []


def _fitted(row: list[Any], width: int) -> list[Any]:
    return [*row[:width], *[""] * (width - len(row))]


def _rows_of_csv(content: bytes) -> list[list[Any]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableTable(_("Save the table as “CSV UTF-8” or as XLSX.")) from None
    if "\x00" in text:
        raise UnreadableTable(_("The file is no table."))
    first = text.partition("\n")[0]
    separator = ";" if first.count(";") > first.count(",") else ","
    try:
        return [list(row) for row in csv.reader(text.splitlines(keepends=True), delimiter=separator)]
    except csv.Error:
        raise UnreadableTable(_("The file is no table.")) from None


def _rows_of_workbook(content: bytes) -> list[list[Any]]:
    from openpyxl import load_workbook  # inside: slow to load, seldom used

    try:
        with ZipFile(BytesIO(content)) as packed:
            _check_parts(packed)
        sheet = load_workbook(BytesIO(content), read_only=True, data_only=True).worksheets[0]
        rows = []
        # what the sheet says of its own size is not believed
        sheet.reset_dimensions()
        for row in sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1):
            rows.append(list(row))
            if len(rows) > MOST_ROWS + 1:
                break
        return _without_empty_end(rows)
    except UnreadableTable:
        raise
    except Exception:  # foreign code over a foreign file: zipfile, zlib and openpyxl raise nearly anything
        raise UnreadableTable(
            _("The workbook cannot be read. Save it anew as XLSX, or as CSV UTF-8.")
        ) from None


def _check_parts(packed: ZipFile) -> None:
    """Raises UnreadableTable for what would take long to read, before anything is built of it."""
    parts = packed.infolist()
    # zipfile gives no more of a part than its entry says
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise UnreadableTable(_("The workbook unpacks to far more than it seems."))
    strings = marks = 0
    for part in parts:
        content = packed.read(part)
        if content.startswith(_WIDE) or b"<!DOCTYPE" in content:
            raise ValueError(part.filename)
        marks += content.count(b"<")
        strings += len(_STRING.findall(content))
    if marks > MOST_MARKS or strings > MOST_STRINGS:
        raise UnreadableTable(_("The workbook unpacks to far more than it seems."))


def _without_empty_end(rows: list[list[Any]]) -> list[list[Any]]:
    """Spreadsheets keep columns that only have a format."""
    return [_values(rows[0]), *rows[1:]] if rows else rows
