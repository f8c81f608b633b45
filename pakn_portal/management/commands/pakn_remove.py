"""`pakn_remove`: removes the section from a portal."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser

from pakn_portal.management.migrated import SectionCommand
from pakn_portal.management.removal import NotRemovable, remove_from_portal


class Command(SectionCommand):
    help = (
        "Take the section out of this portal: pages, workflow, groups and all tables, cases and register "
        "included. The portal stays sane. Afterwards take pakn_portal out of the settings and addresses."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--yes-i-have-a-backup",
            action="store_true",
            help="nothing happens without it: what is removed comes back from a backup only",
        )

    def handle(self, *args: Any, yes_i_have_a_backup: bool = False, **options: Any) -> None:
        if not yes_i_have_a_backup:
            raise CommandError(
                "All cases, their register and the published answers would go for good. Back up the database "
                "and the private files, then say so: --yes-i-have-a-backup"
            )
        try:
            gone = remove_from_portal(progress=self._progress)
        except NotRemovable as error:
            raise CommandError(str(error)) from error
        call_command("migrate", "pakn_portal", "zero", verbosity=0, interactive=False)
        told = ", ".join(f"{number} {what}" for what, number in gone.items())
        self.stdout.write(
            "Now take pakn_portal out of INSTALLED_APPS and urlpatterns, restart, and run "
            "“manage.py remove_stale_contenttypes --include-stale-apps”. "
            "The private files are yours to delete."
        )
        self.stdout.write(f"{told} removed, and all tables.")

    def _progress(self, done: int, total: int) -> None:
        self.stdout.write(f"  {done} of {total} branches")
