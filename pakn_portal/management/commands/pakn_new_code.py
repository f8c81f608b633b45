"""`pakn_new_code`: issues a new tracking code after the sender lost theirs, or somebody else learnt it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import transaction

from pakn_portal.cases.actions import tell_new_code
from pakn_portal.cases.models import Case
from pakn_portal.management.migrated import SectionCommand
from pakn_portal.submissions.secrets import display_secret, normalize_number
from pakn_portal.submissions.secrets.mail_links import renew_secret


class Command(SectionCommand):
    help = (
        "Give a case a new tracking code and print it, this once. The old code, every link in a mail and "
        "every page the sender has open end. Make sure first that it is the sender who asks."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", help="the case number, such as PAKN-2026-000123")

    def handle(self, *args: Any, number: str, **options: Any) -> None:
        case = Case.objects.select_related("submission").filter(number=normalize_number(number)).first()
        if case is None:
            raise CommandError(f"There is no case {number}.")
        with transaction.atomic():
            secret = renew_secret(case.submission)
            tell_new_code(case)
        self.stdout.write(f"{case.number}  {display_secret(secret)}")
        self.stdout.write("1 code given; what opened the case before does so no more.")
