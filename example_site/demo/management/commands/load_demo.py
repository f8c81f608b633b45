"""`load_demo`: a ministry at work, to try everything on."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser

from example_site.demo import archive, at_work, help_desk, ministry
from example_site.demo.address import settle_at
from example_site.demo.petitions import Loader, tracking_codes

#: In progress, waiting for the sender, published: what the tracking page can show.
CASES_TO_TRACK = ["case-24", "case-14", "case-49"]


class Command(BaseCommand):
    help = (
        "Fill the example site: units, accounts (password = name), published answers, cases in every state "
        "over the last weeks, and two years of closed ones. Safe to run again: what stands is left alone. "
        "--first loads what the first look needs, --rest what is long. Only with DEBUG on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_mutually_exclusive_group()
        parts.add_argument("--first", action="store_true", help="no history, and only the latest answers")
        parts.add_argument("--rest", action="store_true", help="what --first left out")

    def handle(self, *args: Any, first: bool = False, rest: bool = False, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo accounts have their name for a password: only with DEBUG on.")
        self.is_quiet = options["verbosity"] == 0
        if not rest:
            self._load_first(options["verbosity"])
        if not first:
            self._load_rest(is_in_use=rest)
        self._check_register()
        if not (first or rest) and "pakn_worker" in get_commands():
            call_command("pakn_worker", "--once", verbosity=options["verbosity"], stdout=self.stdout)

    def _load_first(self, verbosity: int) -> None:
        call_command("pakn_setup", verbosity=verbosity, stdout=self.stdout)
        settle_at(settings.WAGTAILADMIN_BASE_URL)
        made = {"units": ministry.make_units(), "accounts": ministry.make_people()}
        self._say(f"{made['units']} units, {made['accounts']} accounts")
        ministry.name_lead_units()
        made["replaced documents"] = at_work.replace_documents()
        made["answers"] = archive.load_latest_answers(partial(self._progress, "answers"))
        made["cases"] = Loader(ministry.opened_at()).load_desks(partial(self._progress, "cases"))
        made["saved views"], made["kept drafts"] = at_work.save_views(), at_work.keep_drafts()
        made["looks at contacts"] = at_work.read_contacts()
        made["difficulties"] = help_desk.report_difficulties()
        for number, secret, status in tracking_codes(CASES_TO_TRACK):
            self._say(f"Tra cứu: {number}  {secret}  ({status})")
        self._tell(made)

    def _load_rest(self, *, is_in_use: bool) -> None:
        """Newest figures first in the eyes of leaders: cases before answers."""
        loader = Loader(ministry.opened_at(), lets_others_write=is_in_use)
        made = {"closed cases": loader.load_history(partial(self._progress, "closed cases of two years"))}
        call_command("pakn_figures", verbosity=0)
        made["answers"] = archive.load_answers(partial(self._progress, "answers"))
        self._tell(made)

    def _check_register(self) -> None:
        """As it is done each night: whoever watches over the register sees when, and what came of it."""
        with suppress(SystemExit):  # what it found is kept, and shown to them
            call_command("pakn_verify", only=["I5", "I16"], verbosity=0, stdout=StringIO())

    def _tell(self, made: dict[str, int]) -> None:
        self._say(", ".join(f"{count} {name}" for name, count in made.items()) + " created.")

    def _progress(self, name: str, done: int, total: int) -> None:
        self._say(f"  {done} of {total} {name}")

    def _say(self, line: str) -> None:
        if not self.is_quiet:
            self.stdout.write(line)
            self.stdout.flush()
