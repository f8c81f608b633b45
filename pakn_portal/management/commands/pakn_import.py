from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import transaction

from pakn_portal.management.imports.actions import ImportCounts, import_answers, import_legal_texts
from pakn_portal.management.imports.parsing import RowError, RowReader
from pakn_portal.management.imports.reading import count_lines, in_batches, read_lines
from pakn_portal.management.imports.rows import AnswerRow, LegalTextRow
from pakn_portal.management.migrated import SectionCommand
from pakn_portal.text import find_personal_data


class Command(SectionCommand):
    help = (
        "Bring published answers and articles of law from a JSONL, CSV or XLSX file into the archive. "
        "Rows that are there unchanged are left alone, so a broken-off import is simply started again. "
        "A bad row is reported with its line and reason, the others are imported. "
        "Exit code 1 when a row was refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the file, UTF-8")
        parser.add_argument("--dry-run", action="store_true", help="check every row, store nothing")
        parser.add_argument("--batch", type=int, default=100, help="rows in one transaction (default 100)")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file “{path}”.")
        try:
            lines = read_lines(path)
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.total, self.refused, self.done = count_lines(path), 0, 0
        counts = ImportCounts()
        for batch in in_batches(self._rows(lines), max(options["batch"], 1)):
            counts += self._store([row for row in batch if row is not None], dry_run=options["dry_run"])
            self.stdout.write(f"{self.done} of {self.total}")
        ending = " (nothing was stored)" if options["dry_run"] else ""
        self.stdout.write(
            f"{self.done} rows: {counts.new} new, {counts.changed} changed, "
            f"{counts.unchanged} unchanged, {self.refused} refused{ending}"
        )
        if self.refused:
            raise SystemExit(1)

    def _rows(self, lines: Any) -> Any:
        """Every valid row, each identifier once; None for a refused row, so that batches keep their size."""
        reader, seen = RowReader(), {}
        for line in lines:
            self.done += 1
            try:
                if line.row is None:
                    raise RowError(line.problem)
                row = reader.read(line.row)
                first = seen.setdefault(row.source_id, line.number)
                if first != line.number:
                    raise RowError(f"“{row.source_id}” stands already on line {first}.")
            except RowError as error:
                self.refused += 1
                self.stderr.write(f"line {line.number}: {error}")
                yield None
                continue
            self._warn(line.number, row)
            yield row

    def _warn(self, number: int, row: AnswerRow | LegalTextRow) -> None:
        if isinstance(row, AnswerRow):
            finds = find_personal_data(f"{row.title}\n{row.question}\n{row.answer}")
            if finds:
                kinds = ", ".join(sorted({find.kind for find in finds}))
                self.stderr.write(f"line {number}: imported, but look for personal data ({kinds})")

    def _store(self, rows: list[Any], *, dry_run: bool) -> ImportCounts:
        with transaction.atomic():
            counts = import_legal_texts([row for row in rows if isinstance(row, LegalTextRow)])
            answers = [row for row in rows if isinstance(row, AnswerRow)]
            if answers:
                counts += import_answers(answers)
            if dry_run:
                transaction.set_rollback(True)
        return counts
