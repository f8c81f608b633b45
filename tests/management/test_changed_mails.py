"""What somebody with the whole database, but not its key, writes into the queue of mails or into the archive:
it does not leave, and `pakn_verify` finds it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.core import mail as outbox
from django.db import connection

from pakn_portal import clock
from pakn_portal.cases.enums import Status
from pakn_portal.notifications.enums import MailState
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.outbox.sending import LONGEST_WAIT, NOT_AS_WRITTEN, send_due_mails
from pakn_portal.notifications.seals import is_as_written
from pakn_portal.search.names import write_new_names
from pakn_portal.staff.mails.rows import reason_of
from tests.factories import Ministry, make_case, make_ministry
from tests.management.test_alterations import sql, verify

pytestmark = [pytest.mark.exhaustive, pytest.mark.usefixtures("section")]


@pytest.fixture
def who(section: Any) -> Ministry:
    return make_ministry()


def _invented(seal: str | None) -> Callable[[OutgoingMail, Ministry], Any]:
    """A row more, without a seal or with that of another mail."""

    def insert(mail: OutgoingMail, who: Ministry) -> None:
        kept = mail.seal if seal is None else seal
        mail.pk, mail.uuid, mail.context = None, uuid4(), {"note": "Nộp tiền vào tài khoản 123."}
        mail._state.adding = True
        mail.save()
        sql("UPDATE pakn_portal_outgoingmail SET seal=%s WHERE id=%s", kept, mail.pk)

    return insert


def _set(change: str, *values: Any) -> Callable[[OutgoingMail, Ministry], Any]:
    return lambda mail, who: sql(
        f"UPDATE pakn_portal_outgoingmail SET {change} WHERE id=%s", *values, mail.pk
    )


KINDS: dict[str, Callable[[OutgoingMail, Ministry], Any]] = {
    "its words": _set("context=%s", '{"note": "Nộp tiền vào tài khoản 123."}'),
    "what it is": _set("template='kept'"),
    "its reader": lambda mail, who: _set("to_sender_id=NULL, to_user_id=%s", who.nobody.pk)(mail, who),
    "its seal": _set("seal='không có dấu'"),
    "a mail more": _invented(""),
    "a mail more with a seal": _invented(None),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_mail_that_was_changed_never_leaves(kind: str, who: Ministry) -> None:
    case = make_case(Status.OUT_OF_SCOPE, who)
    mail = OutgoingMail.objects.get(template="guided")
    others = OutgoingMail.objects.exclude(pk=mail.pk).count()
    assert "I10 holds" in verify()
    KINDS[kind](mail, who)
    told = verify()
    assert f"I10 broken: mail {mail.pk} is not as the portal wrote it" in told, told
    send_due_mails()
    mail = OutgoingMail.objects.get(pk=mail.pk)
    assert (mail.state, mail.last_error) == (MailState.WITHHELD, NOT_AS_WRITTEN)
    assert not [message for message in outbox.outbox if "Nộp tiền" in message.body]
    assert len(outbox.outbox) == OutgoingMail.objects.filter(state=MailState.SENT).count() >= others
    assert mail in OutgoingMail.objects.stuck(clock.now())
    assert "database" in reason_of(mail.last_error) or "cơ sở dữ liệu" in reason_of(mail.last_error)
    assert case.number


def test_a_mail_that_was_marked_sent_is_found(who: Ministry) -> None:
    make_case(Status.OUT_OF_SCOPE, who)
    send_due_mails()
    assert "I10 holds" in verify()
    make_case(Status.OUT_OF_SCOPE, who)
    waiting = OutgoingMail.objects.filter(state=MailState.WAITING).latest("pk")
    _set("state='sent', sent_at=created_at")(waiting, who)
    assert f"I10 broken: mail {waiting.pk} is not as the portal wrote it" in verify()


def test_a_mail_that_left_does_not_leave_once_more(who: Ministry) -> None:
    make_case(Status.OUT_OF_SCOPE, who)
    send_due_mails()
    left = len(outbox.outbox)
    sql("UPDATE pakn_portal_outgoingmail SET state='waiting', sent_at=NULL")
    send_due_mails()
    assert len(outbox.outbox) == left


def test_a_mail_has_the_seal_of_what_the_database_gives_back(who: Ministry) -> None:
    """Lists for tuples, text for keys that are none, and these in another order."""
    context = {"days": (1, 2), 2: "hai", 10: {"mười": (None, True)}}
    mail = OutgoingMail.objects.create(template="note", to_user=who.nobody, context=context)
    OutgoingMail.objects.bulk_create([OutgoingMail(template="note", to_user=who.leader, context=context)])
    assert is_as_written(mail)
    assert all(map(is_as_written, OutgoingMail.objects.filter(template="note")))


def test_the_upgrade_seals_what_has_left_and_what_still_waits(who: Ministry) -> None:
    """In whatever order: one that waited may be older than one that had left."""
    make_case(Status.OUT_OF_SCOPE, who, sender={"email": ""})
    make_case(Status.OUT_OF_SCOPE, who)
    send_due_mails()
    make_case(Status.PROCESSING, who)
    sql("UPDATE pakn_portal_outgoingmail SET seal=''")
    assert "I10 broken" in verify()
    upgrade = import_module("pakn_portal.migrations.0062_seals_of_mails")
    upgrade.seal_what_is_there(apps, SimpleNamespace(connection=connection))
    assert "I10 holds" in verify()


ARCHIVE: dict[str, tuple[str, str]] = {
    "that its legal basis was replaced": (
        "entry SET is_superseded=NOT is_superseded",
        "another is_superseded",
    ),
    "its year": ("entry SET year=1999", "another year"),
    "its unit": ("entry SET unit_id=NULL", "another unit"),
    "its kind": ("entry SET kind='feedback'", "another kind"),
    "its day": ("entry SET published_on='1999-01-01'", "another published_on"),
    "where it belongs": ("entry SET context='Khác.'", "another context"),
    "its files": ("entry SET attachments_text='Khác.'", "another attachments_text"),
    "what is searched of it": ("text SET exact='a\nb\nc'", "other words to search"),
}


@pytest.mark.parametrize("kind", ARCHIVE)
def test_an_entry_of_the_archive_that_is_not_as_its_page_is_found(kind: str, who: Ministry) -> None:
    make_case(Status.PUBLISHED, who)
    write_new_names()
    assert "I4 holds" in verify()
    change, sentence = ARCHIVE[kind]
    sql(f"UPDATE pakn_portal_archive{change}")
    told = verify()
    assert f"stands in the archive with {sentence}, or not at all" in told, told


def test_a_name_that_the_worker_has_not_carried_over_yet_is_no_offence(who: Ministry) -> None:
    make_case(Status.PUBLISHED, who)
    write_new_names()
    who.unit.name = "Cục Việc làm mới"
    who.unit.save()
    assert "I4 holds" in verify()
    write_new_names()
    assert "I4 holds" in verify()


NO_ATTEMPT = "waits for an instant that no attempt sets"
TOO_LONG = "waits for longer than any mail is tried"
PUT_OFF: dict[str, tuple[str, str, str]] = {
    "due long after": ("due_at", "2100", NO_ATTEMPT),
    "claimed for long": ("claimed_until", "2100", NO_ATTEMPT),
    "written later": ("created_at", "2100", NO_ATTEMPT),
    "refused later": ("refused_since", "2100", NO_ATTEMPT),
    "put off each day": ("created_at", "2020", TOO_LONG),
    "refused for years": ("refused_since", "2020", TOO_LONG),
}


@pytest.mark.parametrize("kind", PUT_OFF)
def test_a_waiting_mail_that_was_put_off_is_found(kind: str, who: Ministry) -> None:
    make_case(Status.OUT_OF_SCOPE, who)
    mail = OutgoingMail.objects.get(template="guided")
    assert "I10 holds" in verify()
    column, year, sentence = PUT_OFF[kind]
    _set(f"{column}='{year}-01-01 00:00:00+00:00'")(mail, who)
    assert f"I10 broken: mail {mail.pk} {sentence}" in verify()


def test_a_mail_that_waits_as_long_as_attempts_let_it_is_no_offence(who: Ministry) -> None:
    make_case(Status.OUT_OF_SCOPE, who)
    now = clock.now()
    OutgoingMail.objects.update(
        created_at=now - timedelta(days=30), refused_since=now - timedelta(days=9), due_at=now + LONGEST_WAIT
    )
    assert "I10 holds" in verify()
