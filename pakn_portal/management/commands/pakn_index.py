from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser

from pakn_portal.management.migrated import SectionCommand
from pakn_portal.search.engines import DatabaseEngine
from pakn_portal.search.index import server
from pakn_portal.search.index.rebuild import RebuildFailed, rebuild
from pakn_portal.search.index.report import has_index, reproject, status, verify
from pakn_portal.search.index.sync import sync

ACTIONS = {
    "sync": "send to the search server what is behind, and drop what left the site",
    "rebuild": "write a fresh index from the database while the old one serves, then swap them",
    "verify": "compare database and index by ids and versions; exit code 1 when they differ",
    "status": "tell how many entries there are, how many are behind, and what serves",
}


class Command(SectionCommand):
    help = "Keep the index of the search server the same as the archive. " + ". ".join(
        f"{name}: {text}" for name, text in ACTIONS.items()
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=list(ACTIONS))
        parser.add_argument(
            "--project",
            action="store_true",
            help="with rebuild: first write every entry anew from its page (after the analysis changed)",
        )

    def handle(self, *args: Any, action: str, project: bool, **options: Any) -> None:
        if project:
            self.stdout.write(f"{reproject(progress=self._progress)} entries changed")
        if not server.is_configured():
            self._without_server(action)
            return
        try:
            getattr(self, f"_{action}")()
        except self._unreachable() as error:
            raise CommandError(f"The search server did not do it: {error}") from error

    def _sync(self) -> None:
        result = sync(progress=self._progress)
        for pk, reason in result.failed.items():
            self.stderr.write(f"entry {pk}: {reason}")
        self.stdout.write(f"{result.sent} entries sent, {len(result.failed)} refused")
        if result.failed:
            raise SystemExit(1)

    def _rebuild(self) -> None:
        self.stdout.write(f"{rebuild(progress=self._progress)} entries in the fresh index")

    def _verify(self) -> None:
        if not has_index():
            self.stderr.write("There is no index, so the database searches: run pakn_index rebuild.")
        found = 0
        for found, difference in enumerate(verify(), 1):  # noqa: B007
            self.stdout.write(str(difference))
        self.stdout.write(f"{found} differences")
        if found:
            raise SystemExit(1)

    def _status(self) -> None:
        for line in status():
            self.stdout.write(line)

    def _without_server(self, action: str) -> None:
        if action == "status":
            self._status()
        else:
            if action in ("sync", "rebuild"):
                DatabaseEngine().index.refresh()
            self.stdout.write(
                "No search server is set (ELASTICSEARCH): the database searches. 0 entries to do"
            )

    def _progress(self, done: int, total: int) -> None:
        self.stdout.write(f"{done} of {total}")

    @staticmethod
    def _unreachable() -> tuple[type[Exception], ...]:
        from elasticsearch import ApiError, TransportError  # inside: optional library

        return (ApiError, TransportError, RebuildFailed)
