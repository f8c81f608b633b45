"""What is kept of a check of the register: by the command alone, and told apart from what others wrote."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from pakn_portal.cases.enums import Status
from pakn_portal.register.checks import forged_checks, keep_check, last_checks
from pakn_portal.register.models import RegisterCheck
from tests.factories import make_case, make_ministry

pytestmark = pytest.mark.django_db


def verify(*codes: str) -> int:
    """The exit code."""
    try:
        call_command("pakn_verify", *(f"--only={code}" for code in codes), verbosity=0)
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def test_a_check_of_the_chains_is_kept() -> None:
    case = make_case(Status.RECEIVED, make_ministry())
    assert verify("I5", "I16") == 0
    (check,) = last_checks(5)
    assert (check.lines, check.offences) == (case.events.count(), {"I5": 0, "I16": 0})


def test_what_was_found_is_kept_as_a_number() -> None:
    case = make_case(Status.RECEIVED, make_ministry())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pakn_portal_caseevent SET verb = 'keep' WHERE case_id = %s", [case.pk])
    assert verify("I5") == 1
    assert last_checks(1)[0].offences == {"I5": case.events.count()}


def test_a_check_that_read_no_chain_is_none() -> None:
    assert verify("I9") == 0
    assert not RegisterCheck.objects.exists()


def test_a_copy_that_cannot_be_written_is_checked_all_the_same(monkeypatch: Any, capsys: Any) -> None:
    from django.db import DatabaseError

    from pakn_portal.management.commands import pakn_verify

    def refuse(found: Any) -> None:
        raise DatabaseError("read-only")

    monkeypatch.setattr(pakn_verify, "keep_check", refuse)
    assert verify("I5") == 0
    assert "could not be kept: DatabaseError" in capsys.readouterr().err


def test_a_row_that_the_site_did_not_write_is_none() -> None:
    make_case(Status.RECEIVED, make_ministry())
    keep_check({"I5": 3})
    RegisterCheck.objects.update(offences={"I5": 0})
    RegisterCheck.objects.create(lines=9, offences={"I5": 0}, seal="0" * 64)
    assert (last_checks(5), forged_checks()) == ([], 2)
