"""`pakn_figures`: counts the daily figures anew."""

from __future__ import annotations

from typing import Any

from pakn_portal.management.migrated import SectionCommand
from pakn_portal.reports.daily import rebuild
from pakn_portal.reports.models import DailyFigures


class Command(SectionCommand):
    help = (
        "Count the daily figures behind the boards anew from the cases and write what differs. The worker "
        "does the same whenever cases changed; this is for after a database was restored or edited."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        changed = rebuild()
        if options["verbosity"]:
            self.stdout.write(f"{changed} changed, {DailyFigures.objects.count()} rows of figures.")
