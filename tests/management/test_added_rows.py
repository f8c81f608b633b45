"""What somebody with the whole database, but not its key, adds, moves or breaks beside the register:
`pakn_verify` finds each kind, names it, and goes on with all others.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from pakn_portal import clock
from pakn_portal.answers.actions import draft_answer
from pakn_portal.answers.letters.actions import number_letter
from pakn_portal.answers.models import OutgoingLetter
from pakn_portal.cases.enums import Status
from pakn_portal.cases.intake import add_to
from pakn_portal.cases.models import Case, CaseFile, Pause
from pakn_portal.notifications.by_hand.actions import give_notice
from pakn_portal.notifications.by_hand.models import ManualNotice
from pakn_portal.snippets.enums import LetterKind
from pakn_portal.submissions import secrets
from pakn_portal.submissions.models import Attachment
from pakn_portal.submissions.tray import keep_upload
from tests.factories import Ministry, make_case, make_ministry
from tests.fixtures.rows import Kept
from tests.management.test_alterations import sql, verify

pytestmark = [pytest.mark.exhaustive, pytest.mark.usefixtures("section")]


def offences(told: str) -> list[str]:
    return [line for line in told.splitlines() if "broken: " in line]


@pytest.fixture
def who(section: Any) -> Ministry:
    return make_ministry()


def wait(name: str) -> str:
    """A file that waits for its form; the form's key."""
    key = secrets.issue_form_key()
    keep_upload(
        ContentFile(name.encode(), name=name),
        form_key=key,
        name=name,
        content_type="text/plain",
        sha256=_sha(name),
        is_scanned=True,
        warnings=["macros"],
    )
    return key


def _sha(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def at_work(who: Ministry) -> dict[str, int]:
    """Cases with all that stands beside a register, by what they have."""
    answered = make_case(Status.PROCESSING, who)
    draft_answer(answered, body="Được.", by=who.officer, form_key=wait("bieu-mau.txt"))
    number_letter(
        answered,
        LetterKind.ANSWER,
        reference_number="05/BNV-VP",
        dated_on=clock.today(),
        signature_title="CHÁNH VĂN PHÒNG",
        signatory="Lê Thị Hoa",
        by=who.officer,
    )
    by_post = {"sender": {"email": ""}}
    told = make_case(Status.OUT_OF_SCOPE, who, **by_post)
    give_notice(ManualNotice.objects.get(mail__case=told), way="letter", by=who.intake)
    supplied = make_case(Status.NEED_INFO, who)
    add_to(supplied, content="Tôi gửi thêm.")
    return {
        "supplied": supplied.pk,
        "answered": answered.pk,
        "asked": make_case(Status.NEED_INFO, who).pk,
        "extended": make_case(Status.EXTENDED, who).pk,
        "told": told.pk,
        "published": make_case(Status.PUBLISHED, who).pk,
    }


_at_work = Kept(at_work)


@pytest.fixture
def cases(who: Ministry) -> dict[str, int]:
    found = _at_work(who)
    file = CaseFile.objects.get().file
    if not file.storage.exists(file.name):  # rows are kept for the next test, files are not
        file.storage.save(file.name, ContentFile(b"bieu-mau.txt"))
    assert offences(verify()) == []
    return found


Change = Callable[[dict[str, int], Ministry], None]


def _of(name: str, statement: str, *values: Any) -> Change:
    """Runs the statement with the values, and the key of the case of this name."""
    return lambda cases, who: sql(statement, *values, cases[name])


def _attachment(cases: dict[str, int], who: Ministry) -> None:
    submission = Case.objects.get(pk=cases["asked"]).submission
    content = ContentFile(b"bia dat", name="bia-dat.txt")
    name = Attachment._meta.get_field("file").storage.save("pakn/ab/bia-dat", content)
    Attachment.objects.create(
        submission=submission, file=name, name="bia-dat.txt", size=7, content_type="text/plain",
        sha256=_sha("bia dat"), state="available",
    )  # fmt: skip


def _case_file(cases: dict[str, int], who: Ministry) -> None:
    case = Case.objects.get(pk=cases["asked"])
    own = Case.objects.get(pk=cases["answered"]).files.get()
    own.pk, own.case, own.key = None, case, "bia-dat"
    own.save()


def _pause(cases: dict[str, int], who: Ministry) -> None:
    day = clock.today() - timedelta(days=9)
    Pause.objects.create(case_id=cases["published"], started_on=day, ended_on=day, reason="hold")


def _letter(cases: dict[str, int], who: Ministry) -> None:
    OutgoingLetter.objects.create(case_id=cases["asked"], kind=LetterKind.REFUSAL, reference_number="9/X")


_CASE_FILE = "UPDATE pakn_portal_casefile SET {} WHERE case_id=%s"
_NOTICE = (
    "UPDATE pakn_portal_manualnotice SET {} WHERE mail_id IN "
    "(SELECT id FROM pakn_portal_outgoingmail WHERE case_id=%s)"
)

KINDS: dict[str, tuple[Change, str]] = {
    "the day of a letter": (
        _of("answered", "UPDATE pakn_portal_outgoingletter SET dated_on='2020-01-01' WHERE case_id=%s"),
        "I15 broken: {answered}: its letter “answer” has another date",
    ),
    "whether an answer is approved": (
        _of("published", "UPDATE pakn_portal_answer SET state='draft' WHERE case_id=%s"),
        "I15 broken: {published}: whether the answer is approved",
    ),
    "the version of an answer": (
        _of("published", "UPDATE pakn_portal_answer SET version=7 WHERE case_id=%s"),
        "I15 broken: {published}: which version of the answer",
    ),
    "the words of a letter without a number": (
        _of("published", "UPDATE pakn_portal_outgoingletter SET words='{\"foot\": []}' WHERE case_id=%s"),
        "I15 broken: {published}: letter.answer.",
    ),
    "a letter that is gone": (
        _of("published", "DELETE FROM pakn_portal_outgoingletter WHERE case_id=%s"),
        "I15 broken: {published}: letter.answer.",
    ),
    "a letter": (_letter, "I15 broken: {asked}: its letter “refusal” stands in no line"),
    "a file of the sender's": (_attachment, "I15 broken: {asked}: file."),
    "a file of staff": (_case_file, "I15 broken: {asked}: file.bia-dat stands in no line"),
    "the warnings of a file": (_of("answered", _CASE_FILE.format("warnings='[]'")), ".type is not what line"),
    "the type of a file": (
        _of("answered", _CASE_FILE.format("content_type='text/html'")),
        ".type is not what line",
    ),
    "the size of a file": (
        _of("answered", _CASE_FILE.format("size=1")),
        "I11 broken: casefile",
    ),
    "the state of a file": (
        _of("answered", _CASE_FILE.format("state='unreadable'")),
        ".state is not what line",
    ),
    "a supplement": (
        _of(
            "asked",
            "INSERT INTO pakn_portal_supplement (content, received_at, words_hash, submission_id)"
            " SELECT 'Tôi rút đơn.', created_at, '', submission_id FROM pakn_portal_case WHERE id=%s",
        ),
        "I15 broken: {asked}: supplement.",
    ),
    "an open pause moved back": (
        _of("asked", "UPDATE pakn_portal_pause SET started_on='2026-01-05' WHERE case_id=%s"),
        "I7 broken: {asked}: a pause from 2026-01-05 on stands in no line",
    ),
    "a pause of a closed case": (_pause, "I7 broken: {published}: a pause from"),
    "a pause that is gone": (
        _of("asked", "DELETE FROM pakn_portal_pause WHERE case_id=%s"),
        "I7 broken: {asked}: the pause of line 3",
    ),
    "more time": (
        _of("extended", "UPDATE pakn_portal_extension SET amount=90 WHERE case_id=%s"),
        "I7 broken: {extended}: its extensions are not those",
    ),
    "why there was more time": (
        _of("extended", "UPDATE pakn_portal_extension SET reason='Khác.' WHERE case_id=%s"),
        "I15 broken: {extended}: extension.1 is not what line",
    ),
    "who wrote a version": (
        lambda cases, who: sql("UPDATE pakn_portal_answerversion SET written_by_id=%s", who.focal.pk),
        "I15 broken: {answered}: who wrote version 1 of the answer",
    ),
    "who prepared the public text": (
        lambda cases, who: sql("UPDATE pakn_portal_publictext SET prepared_by_id=%s", who.focal.pk),
        "I15 broken: {published}: who prepared the public text",
    ),
    "who attached a file": (
        lambda cases, who: sql("UPDATE pakn_portal_casefile SET attached_by_id=%s", who.focal.pk),
        "I15 broken: {answered}: who attached file",
    ),
    "when a file came": (
        _of("answered", _CASE_FILE.format("uploaded_at='2020-01-01 00:00:00'")),
        ".came is not what line",
    ),
    "who entered what was sent": (
        lambda cases, who: sql("UPDATE pakn_portal_submission SET entered_by_id=%s", who.intake.pk),
        "I15 broken: {asked}: who entered it",
    ),
    "when a supplement came": (
        lambda cases, who: sql("UPDATE pakn_portal_supplement SET received_at='2020-01-01 00:00:00'"),
        "I15 broken: {supplied}: when supplement.",
    ),
    "the day on which there was more time": (
        _of("extended", "UPDATE pakn_portal_extension SET granted_on='2020-01-01' WHERE case_id=%s"),
        "I7 broken: {extended}: its extensions are not those",
    ),
    "the term of a pause": (
        _of("asked", "UPDATE pakn_portal_pause SET term_number=2 WHERE case_id=%s"),
        "I7 broken: {asked}: a pause from",
    ),
    "the state of a public text": (
        _of("published", "UPDATE pakn_portal_publictext SET state='draft' WHERE case_id=%s"),
        "I15 broken: {published}: how far its public text has come",
    ),
    "the hash of a public text": (
        _of("published", "UPDATE pakn_portal_publictext SET content_hash='0' WHERE case_id=%s"),
        "I15 broken: {published}: its public text is not the one",
    ),
    "a notice that was given": (
        _of("told", _NOTICE.format("given_at=NULL, given_by_id=NULL, way=''")),
        "I10 broken: case {told.pk}: notices given by hand do not fit",
    ),
    "the way of a notice": (
        _of("told", _NOTICE.format("way='telephone'")),
        "I10 broken: case {told.pk}: notices",
    ),
    "who gave a notice": (
        lambda cases, who: sql("UPDATE pakn_portal_manualnotice SET given_by_id=%s", who.head.pk),
        "I10 broken: case {told.pk}: notices",
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_added_or_moved_is_found(kind: str, cases: dict[str, int], who: Ministry) -> None:
    change, sentence = KINDS[kind]
    change(cases, who)
    told = verify()
    assert sentence.format(**{name: Case.objects.get(pk=pk) for name, pk in cases.items()}) in told, told


BREAKS: dict[str, tuple[str, str]] = {
    "the files of an answer": ("UPDATE pakn_portal_answer SET files='x' WHERE case_id=%s", "I15"),
    "what a line tells": ("UPDATE pakn_portal_caseevent SET data='[]' WHERE case_id=%s", "I5"),
    "what a mail has": ("UPDATE pakn_portal_outgoingmail SET context='[]' WHERE case_id=%s", "I3"),
}


@pytest.mark.parametrize("kind", BREAKS)
def test_what_cannot_be_read_hides_nothing(kind: str, cases: dict[str, int], capsys: Any) -> None:
    """The row is told of, by its case; so is everything behind it, and the command ends with 1."""
    statement, code = BREAKS[kind]
    sql(statement, cases["answered"])
    sql("UPDATE pakn_portal_answer SET body='Khác.' WHERE case_id=%s", cases["published"])
    with pytest.raises(SystemExit) as ended:
        call_command("pakn_verify", no_color=True)
    told, published = capsys.readouterr().out, Case.objects.get(pk=cases["published"])
    assert ended.value.code == 1
    assert f"{code} broken: {Case.objects.get(pk=cases['answered'])}" in told, told
    assert f"I15 broken: {published}: answer.body is not what" in told, told
    assert "20 invariants checked" in told


def test_a_clock_that_ran_backwards_hides_nothing(cases: dict[str, int]) -> None:
    """Whoever owns the database may take its constraints off."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE pakn_portal_pause DROP CONSTRAINT pakn_pause_ends_after_start")
        else:
            cursor.execute("PRAGMA ignore_check_constraints=ON")
        day = clock.today() - timedelta(days=4)
        cursor.execute("UPDATE pakn_portal_pause SET ended_on=%s", [day.isoformat()])
    told = verify()
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints=OFF")
    asked = Case.objects.get(pk=cases["asked"])
    assert f"I7 broken: {asked} cannot be checked: ValueError" in told, told
    assert "20 invariants checked" in told


def test_no_pause_ends_before_it_begins(cases: dict[str, int]) -> None:
    day = clock.today() - timedelta(days=4)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pause.objects.update(ended_on=day)
