"""Reads the rows of a JSONL, CSV or XLSX file one at a time, each with its line number; makes batches."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from openpyxl import load_workbook

#: A longer line is refused: no answer is that long, and reading it would use up the memory.
LONGEST_LINE = 5_000_000


class FileLine(NamedTuple):
    """One line of the file, `number` counted from 1: its row, or the reason why it could not be read."""

    number: int
    row: dict[str, Any] | None
    problem: str = ""


def read_lines(path: Path) -> Iterator[FileLine]:
    """The lines of the file; its extension says how to read it. Raises ValueError for an unknown
    extension.
    """
    readers = {".jsonl": _jsonl, ".csv": _csv, ".xlsx": _xlsx}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise ValueError(
            _("“%(name)s” is none of: %(kinds)s.") % {"name": path.name, "kinds": ", ".join(readers)}
        )
    return reader(path)


def count_lines(path: Path) -> int:
    """The number of lines, to show progress."""
    if path.suffix.lower() == ".xlsx":
        sheet = load_workbook(path, read_only=True).active
        return max((sheet.max_row or 1) - 1, 0) if sheet else 0
    with path.open("rb") as file:
        lines = sum(1 for line in file if line.strip())
    return lines if path.suffix.lower() == ".jsonl" else max(lines - 1, 0)


def _jsonl(path: Path) -> Iterator[FileLine]:
    with path.open("rb") as file:
        for number, raw in enumerate(iter(lambda: file.readline(LONGEST_LINE + 1), b""), start=1):
            if raw.strip():
                yield _json_line(number, raw)


def _json_line(number: int, raw: bytes) -> FileLine:
    if len(raw) > LONGEST_LINE:
        return FileLine(number, None, _("The line is too long."))
    try:
        row = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return FileLine(
            number, None, _("The line is not UTF-8. Save the file as UTF-8 (Unicode) and try again.")
        )
    except (ValueError, RecursionError) as error:
        return FileLine(number, None, _("The line is not JSON: %(error)s") % {"error": error})
    if not isinstance(row, dict):
        return FileLine(number, None, _("The line is not a JSON object."))
    return FileLine(number, row)


def _csv(path: Path) -> Iterator[FileLine]:
    csv.field_size_limit(LONGEST_LINE)
    with path.open(encoding="utf-8-sig", newline="") as file:
        first = file.readline()
        file.seek(0)
        delimiter = max(",;\t", key=first.count)
        reader = csv.DictReader(file, delimiter=delimiter)
        while True:
            try:
                row = next(reader)
            except StopIteration:
                return
            except UnicodeDecodeError:
                problem = _("The file is not UTF-8. Save it as “CSV UTF-8” and try again.")
                yield FileLine(reader.line_num + 1, None, problem)
                return
            except csv.Error as error:
                yield FileLine(reader.line_num, None, str(error))
                continue
            yield FileLine(reader.line_num, {str(name): value for name, value in row.items() if name})


def _xlsx(path: Path) -> Iterator[FileLine]:
    sheet = load_workbook(path, read_only=True, data_only=True).active
    rows = sheet.iter_rows(values_only=True) if sheet else iter(())
    names = [str(name).strip() if name else "" for name in next(rows, ())]
    for number, values in enumerate(rows, start=2):
        if any(value is not None for value in values):
            pairs = zip(names, values, strict=False)
            yield FileLine(number, {name: value for name, value in pairs if name})


def in_batches(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Lists of at most `size` rows, read one batch at a time."""
    batch: list[Any] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
