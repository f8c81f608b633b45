"""`load_demo`: a ministry at work, to try everything on."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError

from example_site.demo import archive, ministry
from example_site.demo.address import settle_at
from example_site.demo.petitions import Loader, tracking_codes
from pakn_portal import clock

#: In progress, waiting for the sender, published: what the tracking page can show.
CASES_TO_TRACK = ["case-24", "case-14", "case-49"]


class Command(BaseCommand):
    help = (
        "Fill the example site: units, accounts (password = name), published answers, and cases in every "
        "state over the last weeks. Safe to run again: what stands is left alone. Only with DEBUG on."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo accounts have their name for a password: only with DEBUG on.")
        self.is_quiet = options["verbosity"] == 0
        call_command("pakn_setup", verbosity=options["verbosity"], stdout=self.stdout)
        settle_at(settings.WAGTAILADMIN_BASE_URL)
        made = {"units": ministry.make_units(), "accounts": ministry.make_people()}
        self._say(f"{made['units']} units, {made['accounts']} accounts")
        ministry.name_lead_units()
        made["answers"] = archive.load_answers(partial(self._progress, "answers"))
        made["cases"] = Loader(clock.now()).load_all(partial(self._progress, "cases"))
        if "pakn_worker" in get_commands():
            call_command("pakn_worker", "--once", verbosity=options["verbosity"], stdout=self.stdout)
        for number, secret, status in tracking_codes(CASES_TO_TRACK):
            self._say(f"Tra cứu: {number}  {secret}  ({status})")
        self._say(", ".join(f"{count} {name}" for name, count in made.items()) + " created.")

    def _progress(self, name: str, done: int, total: int) -> None:
        self._say(f"  {done} of {total} {name}")

    def _say(self, line: str) -> None:
        if not self.is_quiet:
            self.stdout.write(line)
