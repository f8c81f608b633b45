"""What somebody with the whole database, but not its key, can change: `pakn_verify` finds each kind.

The 25 kinds of an authorised attack, and some of their kin. The one exception is named last: a line that is
cut off after the ends of the chains were last written down outside.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from io import StringIO
from tempfile import mkdtemp
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from pakn_portal.cases.actions import read_contacts
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.pages.answers.actions import unpublish_answer
from pakn_portal.register.checks import keep_check
from pakn_portal.register.heads import take_head_of_the_day
from pakn_portal.register.models import RegisterHead
from pakn_portal.register.texts import text_hash
from pakn_portal.snippets.models import Sector
from pakn_portal.submissions.models import Attachment
from pakn_portal.submissions.storage import private_storage
from tests.factories import Ministry, make_case, make_ministry
from tests.fixtures.rows import Kept

pytestmark = pytest.mark.exhaustive


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def verify() -> str:
    out = StringIO()
    with suppress(SystemExit):
        call_command("pakn_verify", stdout=out, no_color=True)
    return out.getvalue()


@pytest.fixture
def who(section: Any) -> Ministry:
    return make_ministry()


def heads_in(folder: str) -> Any:
    heads = {"folder": folder, "mail_to": []}
    return override_settings(PAKN_PORTAL={**settings.PAKN_PORTAL, "REGISTER_HEADS": heads})


def written_down(who: Ministry) -> tuple[Case, str]:
    case, folder = make_case(Status.PUBLISHED, who), mkdtemp(dir=settings.WORK_DIR)
    with heads_in(folder):
        read_contacts(case, by=who.officer)
        make_case(Status.SUBMITTED, who)
        take_head_of_the_day()
        assert verify().splitlines()[-1] == "20 invariants checked, 0 offences."
    return case, folder


_written_down = Kept(written_down)


@pytest.fixture
def published(who: Ministry) -> Any:
    """A published case with a file, whose chain's end was written down outside."""
    case, folder = _written_down(who)
    with heads_in(folder):
        yield case


def _page(column: str, value: str) -> Callable[[Case, Ministry], None]:
    def change(case: Case, who: Ministry) -> None:
        sql(
            f"UPDATE pakn_portal_answerpage SET {column}=%s WHERE public_text_id="
            "(SELECT id FROM pakn_portal_publictext WHERE case_id=%s)",
            value,
            case.pk,
        )

    return change


def _address(column: str, value: str) -> Callable[[Case, Ministry], None]:
    """Of the page's row in the tree, which is what the CMS serves it by."""
    return lambda case, who: sql(
        f"UPDATE wagtailcore_page SET {column}=%s WHERE id=%s",
        value,
        case.public_text.page.pk,  # type: ignore[attr-defined]
    )


def _hand(column: str, value: Callable[[Ministry], Any]) -> Callable[[Case, Ministry], None]:
    return lambda case, who: sql(
        f"UPDATE pakn_portal_answer SET {column}=%s WHERE case_id=%s", value(who), case.pk
    )


def _case(column: str, value: Callable[[Ministry], Any]) -> Callable[[Case, Ministry], None]:
    return lambda case, who: sql(f"UPDATE pakn_portal_case SET {column}=%s WHERE id=%s", value(who), case.pk)


def _submission(column: str, value: Any = "Khác hẳn.") -> Callable[[Case, Ministry], None]:
    return lambda case, who: sql(
        f"UPDATE pakn_portal_submission SET {column}=%s WHERE id=%s", value, case.submission_id
    )


def _suggested_sector(case: Case, who: Ministry) -> None:
    suggested = case.submission.suggested_sector_id
    other = Sector.objects.exclude(pk=suggested).values_list("pk", flat=True).first()
    _submission("suggested_sector_id", other)(case, who)


def _sender(column: str) -> Callable[[Case, Ministry], None]:
    return lambda case, who: sql(
        f"UPDATE pakn_portal_sender SET {column}=%s WHERE id=%s", "Người Khác", case.submission.sender_id
    )


def _line(change: str) -> Callable[[Case, Ministry], None]:
    return lambda case, who: sql(f"UPDATE pakn_portal_caseevent SET {change} WHERE case_id=%s", case.pk)


def _cut(sequence: int) -> Callable[[Case, Ministry], None]:
    """From the end: 1 is the last line."""

    def change(case: Case, who: Ministry) -> None:
        sql(
            "DELETE FROM pakn_portal_caseevent WHERE case_id=%s AND sequence > %s",
            case.pk,
            case.events.count() - sequence,
        )

    return change


def _page_with_its_hash(case: Case, who: Ministry) -> None:
    _page("answer", "Được hoàn thuế.")(case, who)
    text = case.public_text  # type: ignore[attr-defined]
    wording = text_hash(text.title, text.question, "Được hoàn thuế.")
    sql("UPDATE pakn_portal_publictext SET released_hash=%s WHERE id=%s", wording, text.pk)


def _answer(column: str, value: str, *, hashed: bool = False) -> Callable[[Case, Ministry], None]:
    def change(case: Case, who: Ministry) -> None:
        sql(f"UPDATE pakn_portal_answer SET {column}=%s WHERE case_id=%s", value, case.pk)
        if hashed:
            sql("UPDATE pakn_portal_answer SET approved_hash=%s WHERE case_id=%s", text_hash(value), case.pk)

    return change


def _mail(template: str) -> Callable[[Case, Ministry], None]:
    return lambda case, who: sql(
        "DELETE FROM pakn_portal_outgoingmail WHERE case_id=%s AND template=%s", case.pk, template
    )


def _newest_case(case: Case, who: Ministry) -> None:
    """With everything of it, its number and its place in the counter, so that no gap is left."""
    newest = Case.objects.latest("pk")
    sender = newest.submission.sender_id
    for table in ("caseevent", "outgoingmail"):
        sql(f"DELETE FROM pakn_portal_{table} WHERE case_id=%s", newest.pk)
    sql("DELETE FROM pakn_portal_case WHERE id=%s", newest.pk)
    sql("DELETE FROM pakn_portal_maillink WHERE submission_id=%s", newest.submission_id)
    sql("DELETE FROM pakn_portal_submission WHERE id=%s", newest.submission_id)
    sql("DELETE FROM pakn_portal_sender WHERE id=%s", sender)
    sql("UPDATE pakn_portal_numbersequence SET last=last-1")


def _file(case: Case, who: Ministry) -> None:
    """A file of the sender's, and its bytes exchanged."""
    storage = private_storage()
    name = storage.save("pakn/ab/tep", ContentFile(b"as it was sent"))
    Attachment.objects.create(
        submission=case.submission,
        file=name,
        name="tep.txt",
        size=14,
        content_type="text/plain",
        sha256="0" * 64,
    )


def _revision(case: Case, who: Ministry) -> None:
    page = case.public_text.page  # type: ignore[attr-defined]
    revision = page.revisions.order_by("pk").last()
    content = {**revision.content, "answer": f"Gửi {case.submission.sender.full_name}"}
    page.revisions.filter(pk=revision.pk).update(content=content)


def _index_row(case: Case, who: Ministry) -> None:
    sql("UPDATE pakn_portal_archiveentry SET question=%s", case.submission.sender.full_name)


def _correction(case: Case, who: Ministry) -> None:
    page = case.public_text.page  # type: ignore[attr-defined]
    page.corrections.model.objects.create(page=page, note="Bộ rút lại câu trả lời.")


def _supporting_unit(case: Case, who: Ministry) -> None:
    """Somebody else's unit sees the case, and may give an opinion on it."""
    through = Case.supporting_units.through
    column = next(f.column for f in through._meta.fields if f.is_relation and f.name != "case")
    table = through._meta.db_table
    sql(f"INSERT INTO {table} (case_id, {column}) VALUES (%s, %s)", case.pk, who.other_unit.pk)


def _supplement(case: Case, who: Ministry) -> None:
    sql("UPDATE pakn_portal_publictext SET question=%s WHERE case_id=%s", "Đã khác.", case.pk)


def _entry(statement: str) -> Callable[[Case, Ministry], None]:
    def change(case: Case, who: Ministry) -> None:
        if statement.startswith("DELETE"):
            sql("DELETE FROM pakn_portal_archivetext")
        sql(statement)

    return change


def _head(change: str) -> Callable[[Case, Ministry], None]:
    return lambda case, who: sql(f"UPDATE pakn_portal_registerhead SET {change}")


def _check(change: str) -> Callable[[Case, Ministry], None]:
    def alter(case: Case, who: Ministry) -> None:
        row = keep_check({"I5": 3})
        sql(f"UPDATE pakn_portal_registercheck SET {change} WHERE id=%s", row.pk)

    return alter


def _made_up_head(case: Case, who: Ministry) -> None:
    RegisterHead.objects.create(lines=1, chains=1, digest="0" * 64)


KINDS: dict[str, tuple[Callable[[Case, Ministry], None], str]] = {
    # noticed before
    "a line edited": (_line("note='Khác' , by_id=NULL"), "I5"),
    "the end with a status cut off": (_cut(2), "I5"),
    "the page's text": (_page("answer", "Khác."), "I4"),
    "the due date": (_case("due_on", lambda who: "2030-01-01"), "I5"),
    "the receipt mail": (_mail("receipt"), "I1"),
    "the index row": (_index_row, "I3"),
    # unnoticed then
    "the last line, which moved nothing": (_cut(1), "I16"),
    "the page's text with its hash": (_page_with_its_hash, "I15"),
    "the answer": (_answer("body", "Được."), "I15"),
    "the answer with its hash": (_answer("body", "Được.", hashed=True), "I15"),
    "the answer's outcome": (_answer("outcome", "solved"), "I15"),
    "the answer's legal bases": (_answer("legal_bases", "Luật 1/2000/QH10"), "I15"),
    "what was sent": (_submission("content"), "I15"),
    "its title": (_submission("title"), "I15"),
    "the sender's name": (_sender("full_name"), "I15"),
    "the sender's address": (_sender("address"), "I15"),
    "the lead unit": (_case("lead_unit_id", lambda who: who.other_unit.pk), "I5"),
    "the officer": (_case("officer_id", lambda who: who.focal.pk), "I5"),
    "the term": (_case("term_amount", lambda who: 90), "I5"),
    "the day of registration": (_case("registered_on", lambda who: "2020-01-02"), "I5"),
    "a supporting unit": (_supporting_unit, "I5"),
    "the rule of the term": (_case("deadline_rule_id", lambda who: None), "I5"),
    "the day on which it counts as sent": (_submission("registered_on", "2020-01-02"), "I15"),
    "the sector that the sender suggested": (_suggested_sector, "I15"),
    "whether the sender agrees to be named": (_submission("wants_name_published", True), "I15"),
    "the last case of the year with its counter": (_newest_case, "I16"),
    "the mail of the answer": (_mail("answered"), "I1"),
    "the bytes of a file": (_file, "I11"),
    "the sender beside the page's text": (
        lambda case, who: _page("legal_bases", f"Theo {case.submission.sender.full_name}")(case, who),
        "I3",
    ),
    "the page's legal bases": (_page("legal_bases", "Luật 1/2000/QH10"), "I15"),
    "the page's day": (_page("answered_on", "2020-01-01"), "I15"),
    "the page's kind": (_page("kind", "feedback"), "I15"),
    "the page's address": (_page("public_slug", "dia-chi-khac"), "I15"),
    "personal data in a revision": (_revision, "I3"),
    "a made-up correction": (_correction, "I15"),
    "the public text behind the page": (_supplement, "I15"),
    "the day of the last list": (_head("taken_at='2099-01-01'"), "I16"),
    "the number of lines in the last list": (_head("lines=1"), "I16"),
    "that a list went into the folder": (_head("is_in_folder=NOT is_in_folder"), "I16"),
    "a made-up list of today": (_made_up_head, "I16"),
    "what a check found": (_check("offences='{}'"), "I20"),
    "the number of a check": (_check("number=7"), "I20"),
    "the page's slug in the tree": (_address("slug", "gia"), "I4"),
    "the page's address in the tree": (_address("url_path", "/trang-chu/gia/"), "I4"),
    "who wrote the answer": (_hand("written_by_id", lambda who: who.focal.pk), "I15"),
    "who approved the answer": (_hand("approved_by_id", lambda who: who.focal.pk), "I15"),
    "the day of the approval": (_hand("approved_at", lambda who: "2020-01-01 00:00:00"), "I15"),
    "the day of the answer's draft": (_hand("written_at", lambda who: "2020-01-01 00:00:00"), "I15"),
    "the answer in the archive": (_entry("UPDATE pakn_portal_archiveentry SET answer='Khác.'"), "I4"),
    "the title in the archive": (_entry("UPDATE pakn_portal_archiveentry SET title='Khác.'"), "I4"),
    "hidden in the archive": (_entry("UPDATE pakn_portal_archiveentry SET is_public=NOT is_public"), "I4"),
    "gone from the archive": (_entry("DELETE FROM pakn_portal_archiveentry"), "I4"),
    "a salt": (lambda case, who: sql("UPDATE pakn_portal_textsalts SET salts='{}'"), "I15"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_an_alteration_is_found(kind: str, published: Case, who: Ministry) -> None:
    change, code = KINDS[kind]
    change(published, who)
    told = verify()
    assert f"{code} broken: " in told, told


def test_the_only_exception_is_a_line_cut_off_after_the_last_list(published: Case, who: Ministry) -> None:
    read_contacts(published, by=who.officer)
    _cut(1)(published, who)
    assert verify().splitlines()[-1] == "20 invariants checked, 0 offences."
    assert Verb.READ_CONTACTS in published.events.values_list("verb", flat=True)


def test_another_reason_why_an_answer_left_the_site_is_found(published: Case, who: Ministry) -> None:
    unpublish_answer(published, by=who.publisher, note="Căn cứ đã thay đổi, gọi anh Nam 0912 345 678.")
    assert "I15 holds" in verify()
    sql("UPDATE pakn_portal_answerpage SET unpublished_reason=%s", "Bộ rút lại câu trả lời.")
    assert f"I15 broken: {published.number}: why its answer was taken off the site" in verify()
