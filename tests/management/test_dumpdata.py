"""`dumpdata` and `loaddata` carry a site to another database, and `pakn_verify` finds nothing there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import QuerySet
from django.utils import timezone

from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.cases.register import broken_lines, seal
from pakn_portal.pages.models import AnswerPage
from tests.factories import make_case, make_ministry
from tests.fixtures.old_register import make_old

#: As docs/how-to/operate.md has it.
DUMP = ("--natural-foreign", "--exclude=contenttypes", "--exclude=auth.permission", "--exclude=wagtailsearch")


@pytest.fixture
def carried(transactional_db: None, section: Any, tmp_path: Path) -> Iterator[Any]:
    """Write the database into a file, empty it, load the file."""

    def carry(kind: str = "json") -> None:
        dump = tmp_path / f"site.{kind}"
        call_command("dumpdata", *DUMP, format=kind, output=str(dump), verbosity=0)
        call_command("flush", interactive=False, verbosity=0)
        call_command("loaddata", str(dump), verbosity=0)

    yield carry


def verified() -> str:
    told = StringIO()
    try:
        call_command("pakn_verify", stdout=told, stderr=told, verbosity=0)
    except SystemExit:
        pytest.fail(told.getvalue())
    return told.getvalue()


@pytest.mark.parametrize("kind", ["json", "xml"])
def test_the_register_is_intact_after_the_journey(carried: Any, kind: str) -> None:
    ministry = make_ministry()
    number = make_case(Status.PUBLISHED, ministry).number
    make_case(Status.NEED_INFO, ministry)
    lines = CaseEvent.objects.count()
    carried(kind)
    assert CaseEvent.objects.count() == lines
    assert AnswerPage.objects.get(public_text__case__number=number).live
    verified()


def test_lines_that_were_sealed_with_microseconds_stay_valid(carried: Any) -> None:
    """On the site itself and after the journey, where the microseconds are gone; a millisecond is told."""
    case = make_case()
    old = _sealed_with_microseconds(case)
    assert list(broken_lines(case)) == []
    carried()
    case = Case.objects.get(number=case.number)
    loaded = case.events.get(sequence=old.sequence)
    assert loaded.at == old.at - timedelta(microseconds=456)
    assert list(broken_lines(case)) == []
    QuerySet(CaseEvent).filter(pk=loaded.pk).update(at=loaded.at + timedelta(milliseconds=1))
    assert list(broken_lines(case)) == [loaded]


def _sealed_with_microseconds(case: Case) -> CaseEvent:
    make_old(case)
    last = case.events.order_by("sequence").last()
    assert last is not None
    event = CaseEvent(
        case=case,
        sequence=last.sequence + 1,
        verb=Verb.NOTE,
        from_status=case.status,
        to_status=case.status,
        at=timezone.now().replace(microsecond=123456),
        note="Ghi chú cũ.",
        previous_hash=last.hash,
    )
    event.hash = seal(event, case.number)
    event.save()
    return event


def test_new_lines_hold_whole_milliseconds(db: None) -> None:
    case = make_case(Status.RECEIVED, make_ministry())
    assert {event.at.microsecond % 1000 for event in case.events.all()} == {0}
