"""`pakn_verify`: checks every invariant against the whole database."""

from __future__ import annotations

import sys
import time
from functools import partial
from typing import Any

from django.core.management.base import CommandParser
from django.db import DatabaseError, transaction

from pakn_portal.management.migrated import SectionCommand
from pakn_portal.management.verify import outside
from pakn_portal.management.verify.guarded import guarded
from pakn_portal.management.verify.invariants import INVARIANTS, Invariant
from pakn_portal.register.checks import CHAIN, keep_check

#: Further offences against the same invariant are only counted.
SHOWN = 20


class Command(SectionCommand):
    help = (
        "Check every invariant over the whole database: cases, registers, deadlines, publication, mails, "
        "files, privacy. Prints what breaks a rule (case numbers only) and ends with 1 when something does. "
        "Changes nothing, but keeps when the registers were read and what came of it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        codes = [invariant.code for invariant in INVARIANTS]
        parser.add_argument("--only", action="append", choices=codes, help="only this one; may be repeated")

        parser.add_argument("--heads", metavar="FOLDER", help="lists of the register's ends, for I16")

    def handle(
        self, *args: Any, only: list[str] | None = None, heads: str | None = None, **options: Any
    ) -> None:
        self.heads = heads or ""
        self.is_talkative = options["verbosity"] > 1 or self.stdout.isatty()
        wanted = [invariant for invariant in INVARIANTS if not only or invariant.code in only]
        found = {invariant.code: self._check(invariant) for invariant in wanted}
        offences = sum(found.values())
        self.stdout.write(f"{len(wanted)} invariants checked, {offences} offences.")
        if CHAIN in found:
            self._keep(found)
        if offences:
            sys.exit(1)

    def _keep(self, found: dict[str, int]) -> None:
        """For whoever watches over the register. A copy that cannot be written is checked all the same, and
        so is a database where somebody gave a row the last number there is.
        """
        try:
            with transaction.atomic():
                keep_check(found)
        except (DatabaseError, OverflowError) as error:
            self.stderr.write(f"This check could not be kept: {type(error).__name__}")

    def _check(self, invariant: Invariant) -> int:
        began, count = time.monotonic(), 0
        self._code = invariant.code
        find = partial(outside.kept, folder=self.heads) if invariant.find == outside.kept else invariant.find
        for line in guarded("the rest", find, self._progress):
            count += 1
            if count <= SHOWN:
                self.stdout.write(self.style.ERROR(f"{invariant.code} broken: {line}"))
        if count > SHOWN:
            self.stdout.write(f"{invariant.code}: and {count - SHOWN} more")
        seconds = time.monotonic() - began
        verdict = f"{count} offences" if count else "holds"
        self.stdout.write(f"{invariant.code} {verdict}: {invariant.sentence} ({seconds:.1f} s)")
        return count

    def _progress(self, done: int, total: int) -> None:
        if self.is_talkative:
            self.stdout.write(f"  {self._code}: {done} of {total}")
