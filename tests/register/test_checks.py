"""What is kept of a check of the register: by the command alone, and told apart from what others wrote."""

from __future__ import annotations

import json
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from pakn_portal import clock
from pakn_portal.cases.enums import Status
from pakn_portal.register.checks import are_checks_missing, forged_checks, keep_check, last_checks
from pakn_portal.register.heads import take_head
from pakn_portal.register.keys import signed
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


def told(**options: Any) -> str:
    """What the command says of the checks, and of what was written down outside."""
    said = StringIO()
    with suppress(SystemExit):
        call_command("pakn_verify", "--only=I16", "--only=I20", stdout=said, **options)
    return said.getvalue()


def gone(check: RegisterCheck) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM pakn_portal_registercheck WHERE id = %s", [check.pk])


def test_each_check_has_a_number_and_follows_the_one_before() -> None:
    first, second = keep_check({"I5": 0}), keep_check({"I5": 0})
    assert [(row.number, row.previous) for row in (first, second)] == [(1, ""), (2, first.seal)]
    assert "I20 holds" in told()
    assert not are_checks_missing()


@pytest.mark.parametrize("place", [0, 1])
def test_a_check_that_was_taken_out_is_noticed(place: int) -> None:
    rows = [keep_check({"I5": 3}) for _time in range(3)]
    gone(rows[place])
    assert f"before check {place + 2} of the register" in told()
    assert are_checks_missing() == (place > 0)  # the desk looks at the last rows alone


@pytest.mark.parametrize(
    "change",
    ["offences = '{}'", "lines = lines + 1", "checked_at = '2026-01-01 00:00:00'", "number = 9",
     "number = NULL", "previous = ''"],
)  # fmt: skip
def test_a_changed_check_is_noticed(change: str) -> None:
    keep_check({"I5": 0})
    row = keep_check({"I5": 3})
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE pakn_portal_registercheck SET {change} WHERE id = %s", [row.pk])
    assert "is not as this site wrote it" in told()
    assert forged_checks() == 1


def test_the_last_check_is_missed_by_the_list_that_left_after_it(settings: Any, tmp_path: Path) -> None:
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "REGISTER_HEADS": {"folder": str(tmp_path)}}
    make_case(Status.RECEIVED, make_ministry())
    keep_check({"I5": 0})
    bad = keep_check({"I5": 3})
    take_head(after=None)
    assert "0 offences" in told()
    gone(bad)
    said = told()
    assert "I20 broken: the check of the register that the list of" in said
    assert "names check 2 of the register, which is not there as it was" in said
    assert are_checks_missing()
    keep_check({"I5": 0})  # takes its number, and is another
    assert "I20 broken" in told()
    assert are_checks_missing()


def test_rows_of_before_stay_and_are_followed() -> None:
    old = RegisterCheck(checked_at=clock.now().replace(microsecond=0), lines=4, offences={"I5": 0})
    words = {"checked_at": round(old.checked_at.timestamp()), "lines": 4, "offences": {"I5": 0}}
    old.seal = signed(f"check {json.dumps(words, sort_keys=True)}")
    old.save()
    keep_check({"I5": 0})
    assert (len(last_checks(5)), forged_checks(), are_checks_missing()) == (2, 0, False)
    assert "0 offences" in told()
