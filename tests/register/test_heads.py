"""Once a day the ends of all chains leave the database."""

from __future__ import annotations

import gzip
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import override_settings

from pakn_portal import clock
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.checks.register_keys import place_outside
from pakn_portal.flow.moving import append_event
from pakn_portal.register.heads import forged_heads, missing_lines, take_head_of_the_day
from pakn_portal.register.models import RegisterHead
from tests.factories import Ministry, make_case, make_ministry

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> Ministry:
    return make_ministry()


@pytest.fixture
def outside(tmp_path: Path) -> Any:
    """A folder that the site writes its lists into."""
    heads = {"folder": str(tmp_path), "mail_to": ["thanhtra@bo.example.vn"]}
    with override_settings(PAKN_PORTAL={**settings.PAKN_PORTAL, "REGISTER_HEADS": heads}):
        yield tmp_path


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def cut(case: Any, sequence: int) -> None:
    sql("DELETE FROM pakn_portal_caseevent WHERE case_id=%s AND sequence=%s", case.pk, sequence)


def test_a_list_is_written_once_a_day_and_mailed(who: Ministry, outside: Path) -> None:
    one, two = make_case(Status.RECEIVED, who), make_case(Status.ROUTED, who)
    assert take_head_of_the_day()
    assert not take_head_of_the_day()
    (path,) = outside.iterdir()
    _head, *rows = gzip.decompress(path.read_bytes()).decode().splitlines()
    assert [row.split(", ")[1:3] for row in rows] == [[f'"{one.number}"', "2"], [f'"{two.number}"', "3"]]
    assert not any(one.submission.sender.full_name in row for row in rows)
    (sent,) = mail.outbox
    assert (sent.to, [name for name, _content, _kind in sent.attachments]) == (
        ["thanhtra@bo.example.vn"],
        [path.name],
    )
    assert list(missing_lines(outside)) == []


def test_the_next_list_has_what_grew_and_names_the_one_before(who: Ministry, outside: Path) -> None:
    grown = make_case(Status.RECEIVED, who)
    make_case(Status.RECEIVED, who)
    with clock.acting_at(clock.now() + timedelta(hours=2)):
        take_head_of_the_day()
    with clock.acting_at(clock.now() + timedelta(days=1, hours=4)):
        append_event(grown, Verb.READ_CONTACTS, by=who.intake, from_status=grown.status)
        assert take_head_of_the_day()
    first, second = RegisterHead.objects.all()
    assert (first.chains, second.chains) == (2, 1)
    assert list(missing_lines(outside)) == []
    next(path for path in outside.iterdir() if first.digest[:8] in path.name).unlink()
    (lost,) = missing_lines(outside)
    assert f"({first.digest[:8]}…) is not in the folder" in lost
    with clock.acting_at(clock.now() + timedelta(days=2, hours=6)):
        take_head_of_the_day()
    next(path for path in outside.iterdir() if second.digest[:8] in path.name).write_bytes(b"")
    assert any("cannot be read" in line for line in missing_lines(outside))


def test_what_was_cut_off_is_found(who: Ministry, outside: Path) -> None:
    """The last line of a case, and a whole case with its number: no chain tells of either."""
    one, two = make_case(Status.RECEIVED, who), make_case(Status.RECEIVED, who)
    take_head_of_the_day()
    (path,) = outside.iterdir()
    cut(one, 2)
    for sequence in (1, 2):
        cut(two, sequence)
    assert list(missing_lines(outside)) == [
        f"{one.number}: line 2 of {path.name} is not in the register as it was",
        f"{two.number}: line 2 of {path.name} is not in the register as it was",
    ]


def test_a_database_that_knows_nothing_of_a_list_is_told(who: Ministry, outside: Path) -> None:
    make_case(Status.RECEIVED, who)
    take_head_of_the_day()
    RegisterHead.objects.all().delete()
    (line,) = missing_lines(outside)
    assert "is not known to this database" in line


def test_a_place_that_cannot_be_reached_counts_for_nothing(who: Ministry, outside: Path) -> None:
    make_case(Status.RECEIVED, who)
    heads = {"folder": str(outside / "missing"), "mail_to": []}
    with (
        override_settings(PAKN_PORTAL={**settings.PAKN_PORTAL, "REGISTER_HEADS": heads}),
        pytest.raises(FileNotFoundError),
    ):
        take_head_of_the_day()
    assert not RegisterHead.objects.exists()
    assert take_head_of_the_day()


def test_without_a_place_outside_there_is_none(who: Ministry) -> None:
    make_case(Status.RECEIVED, who)
    assert not take_head_of_the_day()
    assert not RegisterHead.objects.exists()


def test_an_emptied_folder_is_told(who: Ministry, outside: Path) -> None:
    make_case(Status.RECEIVED, who)
    take_head_of_the_day()
    for path in outside.iterdir():
        path.unlink()
    (line,) = missing_lines(outside)
    assert "is not in the folder" in line


@pytest.mark.parametrize("blank", [[], [""], [" "]])
def test_a_blank_address_is_no_place(who: Ministry, blank: list[str]) -> None:
    make_case(Status.RECEIVED, who)
    heads = {"folder": "", "mail_to": blank}
    with override_settings(PAKN_PORTAL={**settings.PAKN_PORTAL, "REGISTER_HEADS": heads}):
        assert not take_head_of_the_day()
        assert [told.id for told in place_outside()] == ["pakn_portal.W041"]
    assert (RegisterHead.objects.count(), mail.outbox) == (0, [])


def _moved_ahead() -> None:
    """The newest row says that its list leaves tomorrow, so nothing seems to have grown since."""
    newest = RegisterHead.objects.latest("pk")
    RegisterHead.objects.filter(pk=newest.pk).update(taken_at=clock.now() + timedelta(hours=26))


def _made_up() -> None:
    RegisterHead.objects.create(taken_at=clock.now(), lines=1, chains=1, digest="0" * 64)


@pytest.mark.parametrize("tamper", [_moved_ahead, _made_up])
def test_the_database_alone_neither_empties_nor_stops_a_list(
    tamper: Any, who: Ministry, outside: Path
) -> None:
    case = make_case(Status.RECEIVED, who)
    take_head_of_the_day()
    with clock.acting_at(clock.now() + timedelta(days=1)):
        append_event(case, Verb.READ_CONTACTS, by=who.intake, from_status=case.status)
        tamper()
        assert list(forged_heads())
        assert take_head_of_the_day()
        assert not take_head_of_the_day()
        assert not any("is not in the register" in line for line in missing_lines(outside))
        cut(case, 3)
        assert any(f"{case.number}: line 3 of" in line for line in missing_lines(outside))


def test_a_row_without_a_seal_from_an_earlier_version_stands_but_does_not_count(
    who: Ministry, outside: Path
) -> None:
    make_case(Status.RECEIVED, who)
    take_head_of_the_day()
    RegisterHead.objects.update(seal="", key_id="")
    assert list(forged_heads()) == []
    assert take_head_of_the_day()
    assert (len(list(outside.iterdir())), list(missing_lines(outside)), list(forged_heads())) == (2, [], [])


def test_lists_that_leave_no_more_are_told(who: Ministry, outside: Path) -> None:
    case = make_case(Status.RECEIVED, who)
    take_head_of_the_day()
    with clock.acting_at(clock.now() + timedelta(days=3)):
        assert list(forged_heads()) == []
        append_event(case, Verb.READ_CONTACTS, by=who.intake, from_status=case.status)
        (told,) = forged_heads()
        assert "no list of the register's ends left for two days" in told
        take_head_of_the_day()
        assert list(forged_heads()) == []


def test_a_row_that_differs_from_its_list_is_told(who: Ministry, outside: Path) -> None:
    make_case(Status.RECEIVED, who)
    take_head_of_the_day()
    RegisterHead.objects.update(lines=1)
    (told,) = missing_lines(outside)
    assert "has another day or number of lines than its row" in told
