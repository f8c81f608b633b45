"""`pakn_worker`: does the section's background work."""

from __future__ import annotations

import signal
import sys
import threading
from types import FrameType
from typing import Any

from django.core.management.base import CommandParser

from pakn_portal.management.migrated import SectionCommand
from pakn_portal.management.worker import run_steps


class Command(SectionCommand):
    help = (
        "Send the mails that wait, bring the search index up to date, warn of deadlines, close cases whose "
        "sender did not add what was asked for, recalculate due dates after the holiday list changed, check "
        "files. Keeps running until it is told to stop (SIGTERM); --once runs each step once, for cron. Two "
        "workers at once do no harm."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="run each step once, then end")
        parser.add_argument(
            "--interval", type=float, default=15, metavar="SECONDS", help="pause between two rounds (15)"
        )

    def handle(self, *args: Any, once: bool = False, interval: float = 15, **options: Any) -> None:
        self.is_quiet = options["verbosity"] == 0
        self.stop = threading.Event()
        self._listen()
        rounds = 0
        while not self.stop.is_set():
            failed = self._round(is_loud=options["verbosity"] > 1 or (once and not self.is_quiet))
            rounds += 1
            if once:
                if failed:
                    sys.exit(1)
                return
            self.stop.wait(interval)
        if not self.is_quiet:
            self.stdout.write(f"Stopped after {rounds} rounds.")

    def _round(self, *, is_loud: bool) -> int:
        """Run every step once; returns how many failed. Without --once it prints only
        steps that did something, with --verbosity 0 only those that failed.
        """
        done = failed = 0
        for result in run_steps(self.stop.is_set):
            failed += bool(result.error)
            done += result.total
            if is_loud or result.error or (result.total and not self.is_quiet):
                self.stdout.write(str(result))
                self.stdout.flush()
        if is_loud:
            self.stdout.write(f"{done} things done, {failed} steps failed.")
        return failed

    def _listen(self) -> None:
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, self._asked_to_stop)

    def _asked_to_stop(self, number: int, frame: FrameType | None) -> None:
        """The worker stops after the mail that it is sending."""
        self.stop.set()
