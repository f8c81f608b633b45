"""Every column and relation of a case and of what was sent is under seal, or it is written here why not; and
what earlier versions sealed stays verified.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import models

from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case
from pakn_portal.register.models import PRESENT_FORMAT
from pakn_portal.routing.actions import continue_without, request_opinion
from pakn_portal.snippets.models import Sector
from pakn_portal.submissions.models import Submission
from tests.factories import Ministry, make_case, make_ministry
from tests.fixtures.old_register import make_old, make_second_format

pytestmark = pytest.mark.django_db

CASE_NOT_IN_STATE = {
    "id": "the key that the lines themselves have",
    "number": "every line is sealed with it",
    "status": "every line has it",
    "version": "a counter that keeps two at once apart; nothing is decided by its value",
    "submission": "its words, its files and its sender's are texts of the first line",
    "created_at": "the instant of the first line; nothing is decided by it",
    "duplicates": "the other end of `master`",
    "pauses": "I7 computes the due date, which is sealed, from them, and holds each against its lines",
    "extensions": "as the pauses",
    "events": "the register",
    "answer": "its words are texts of the lines that saved and approved it",
    "public_text": "as the answer",
    "files": "each is a text of the line that tells of it, or stands in the answer",
    "letters": "number, date and signatory of each are texts of the line that gave them",
    "mails": "each has a seal of its own; what was sent to whom is I1's and I10's",
}
SUBMISSION_NOT_IN_TEXTS = {
    "id": "the key that the case has",
    "uuid": "an address, told to nobody before",
    "sender": "its words are texts of the first line",
    "case": "the case whose register it is",
    "attachments": "each file is a text, by its key",
    "supplements": "each is a text of its own line",
    "entered_by": "`by` of the first line, with which `pakn_verify` compares it",
    "folded": "made of other columns, for the search box",
    "content_key": "made of the content, to find the same words again",
    "form_key_hash": "keeps a form from being stored twice (I2)",
    "words_hash": "as `form_key_hash`",
    "secret_hash": "the sender may get a new code, and the register says so",
    "mail_links": "they end by themselves",
}


@pytest.fixture
def who() -> Ministry:
    return make_ministry()


def offences() -> list[str]:
    out = StringIO()
    with suppress(SystemExit):
        call_command("pakn_verify", "--only", "I5", "--only", "I15", stdout=out, no_color=True)
    return [line for line in out.getvalue().splitlines() if "broken: " in line]


def names_of(model: type[models.Model]) -> set[str]:
    """Of its columns and relations, from both ends."""
    return {field.name for field in model._meta.get_fields()}


def test_every_column_of_a_case_is_sealed_or_it_is_said_why_not(who: Ministry) -> None:
    state = make_case(Status.SUBMITTED, who).events.get().state
    assert {name.removesuffix("_id") for name in state} | {*CASE_NOT_IN_STATE} == names_of(Case)
    assert not {name.removesuffix("_id") for name in state} & {*CASE_NOT_IN_STATE}


def test_every_column_of_a_submission_is_sealed_or_it_is_said_why_not(who: Ministry) -> None:
    texts = make_case(Status.SUBMITTED, who).events.get().texts
    sealed = {name.removeprefix("submission.") for name in texts if name.startswith("submission.")}
    assert sealed | {*SUBMISSION_NOT_IN_TEXTS} == names_of(Submission)
    assert not sealed & {*SUBMISSION_NOT_IN_TEXTS}


def test_the_line_of_a_move_has_the_units_as_the_move_left_them(who: Ministry) -> None:
    case = make_case(Status.PROCESSING, who)
    request_opinion(case, unit=who.other_unit, by=who.officer, note="Xin ý kiến.")
    continue_without(case, by=who.head, note="Đã quá lâu.")
    units = [line.state["supporting_units"] for line in case.events.order_by("sequence")]
    assert [len(each) for each in units[-3:]] == [0, 1, 0]
    assert offences() == []


OLD = {"the first format": make_old, "the second": make_second_format}


@pytest.mark.parametrize("old", OLD)
def test_lines_of_before_stay_verified(old: str, who: Ministry) -> None:
    case = make_case(Status.COORDINATING, who)
    OLD[old](case)
    assert offences() == []
    actions.hold_case(case, by=who.officer)
    assert case.events.latest("sequence").format == PRESENT_FORMAT
    assert offences() == []


CHANGES: dict[str, Callable[[Case, Ministry], Any]] = {
    "an empty column filled": lambda case, who: Case.objects.filter(pk=case.pk).update(
        closed_on="2020-01-02"
    ),
    "a full one emptied": lambda case, who: Case.objects.filter(pk=case.pk).update(officer=None),
    "what was sent": lambda case, who: Submission.objects.update(title="Khác hẳn."),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_lines_of_the_second_format_seal_is_held_against_them(change: str, who: Ministry) -> None:
    case = make_case(Status.PROCESSING, who)
    make_second_format(case)
    assert offences() == []
    CHANGES[change](case, who)
    assert len(offences()) == 1


def test_nothing_that_they_do_not_tell_is_an_offence(who: Ministry) -> None:
    case = make_case(Status.PROCESSING, who)
    make_second_format(case)
    case.supporting_units.add(who.other_unit)
    Submission.objects.update(suggested_sector=Sector.objects.order_by("pk").last())
    assert offences() == []


def test_a_sector_that_somebody_suggested_is_kept(who: Ministry) -> None:
    case = make_case(Status.SUBMITTED, who)
    sector = Sector.objects.create(code="goi-y", name="Gợi ý")
    Submission.objects.filter(pk=case.submission_id).update(suggested_sector=sector)
    with pytest.raises(models.ProtectedError):
        sector.delete()
