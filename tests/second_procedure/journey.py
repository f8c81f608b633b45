"""One suggestion from its opening into the archive: `-m tests.second_procedure.journey`."""

from __future__ import annotations

import json
from typing import Any

import django


def main() -> None:
    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    call_command("pakn_setup", verbosity=0)
    setup_test_environment()  # so that mails stay in memory
    print(json.dumps(walk(), ensure_ascii=False))


def walk() -> dict[str, Any]:
    from django.contrib.auth import get_user_model
    from django.core import mail
    from django.core.management import call_command

    from pakn_portal.flow.errors import MoveError
    from pakn_portal.flow.moving import open_moves
    from pakn_portal.flow.tables import SENTENCES, gaps
    from pakn_portal.management.setup.roles import role_group
    from pakn_portal.people.scope import scope_of
    from pakn_portal.register.chain import faults
    from pakn_portal.search.models import ArchiveEntry
    from tests.second_procedure import procedure
    from tests.second_procedure.models import Suggestion

    users = get_user_model().objects
    author = users.create_user("tacgia", email="tacgia@bo.example", password="x")
    office = users.create_user("vanphong", email="vanphong@bo.example", password="x")
    office.groups.add(role_group("intake"))
    told: dict[str, Any] = {"gaps": list(gaps())}

    def refused(act: Any) -> str:
        try:
            act()
        except MoveError as error:
            return str(error)
        return ""

    new = procedure.suggest(number="DX-1", title="Đặt ghế ở hành lang tầng ba", by=author)
    late = Suggestion.objects.get(pk=new.pk)
    told["due"] = (new.due_on is not None, [m.verb for m in open_moves(new, scope_of(office))])
    told["no right"] = refused(lambda: procedure.reply(new, words="Được.", by=author))
    procedure.reply(new, words="Đã đặt sáu ghế ở hành lang.", by=office)
    told["faster"] = refused(lambda: procedure.reply(late, words="Chưa được.", by=office))
    told["illegal"] = refused(lambda: procedure.reply(new, words="Được.", by=office))
    told["stopped"] = new.due_on
    told["archive"] = archived(ArchiveEntry)
    told["no words"] = refused(lambda: procedure.ask_again(new, by=author, note=" "))
    procedure.ask_again(new, by=author, note="Còn tầng hai?")
    told["away"] = archived(ArchiveEntry)
    own = procedure.suggest(number="DX-2", title="Mở cửa sớm", by=office)
    told["guard"] = refused(lambda: procedure.reply(own, words="Được.", by=office))
    told["button"] = [move.refusal for move in open_moves(own, scope_of(office))]
    procedure.reply(new, words="Tầng hai cũng vậy.", by=office)
    call_command("pakn_worker", once=True, verbosity=0)
    told["mails"] = sorted((message.to[0], message.subject) for message in mail.outbox)
    lines = new.events.order_by("sequence").with_salts()
    told["faults"] = [fault.kind for fault in faults(new.number, lines)]
    writers = SENTENCES.of(new.procedure)
    told["history"] = [writers[line.verb](line, line.by.username, None) for line in lines]
    told["words"] = words_altered(new)
    procedure.erase(new, by=office)
    told["erased"] = new.events.latest("sequence").data
    call_command("pakn_verify", verbosity=0)
    told["untyped"] = untyped(new, office)
    told["published"] = published(author, office)
    told["counted"] = counted(Suggestion)
    told["verified"] = altered(Suggestion)
    return told


def published(author: Any, office: Any) -> dict[str, Any]:
    """A page from its gate over the site and the archive back off the site."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from pakn_portal.management.setup.roles import role_group
    from pakn_portal.publication.gate import GateShut
    from pakn_portal.search.models import ArchiveEntry
    from pakn_portal.search.page.models import ArchivePage
    from tests.second_procedure import procedure

    users = get_user_model().objects
    publisher = users.create_user("congkhai", email="congkhai@bo.example", password="x")
    publisher.groups.add(role_group("publisher"))
    office.groups.add(role_group("publisher"))
    beneath = ArchivePage.objects.get().get_parent()
    said: dict[str, Any] = {"shown": []}

    def hear(*, page: Any, is_public: bool, **kwargs: Any) -> None:
        said["shown"].append(is_public)

    def shut(act: Any) -> str:
        try:
            act()
        except GateShut as error:
            return str(error)
        return ""

    def read(page: Any) -> list[Any]:
        answer = Client().get(page.url)
        rows = ArchiveEntry.objects.filter(key=f"suggestion_page:{page.pk}", is_public=True)
        return [answer.status_code, "Mở từ 7 giờ." in answer.content.decode(), rows.count()]

    procedure.suggestion_shown.connect(hear)
    new = procedure.suggest(number="DX-3", title="Mở cửa sớm hơn", by=author)
    procedure.reply(new, words="Mở từ 7 giờ.", by=office)
    said["four eyes"] = shut(lambda: procedure.publish(new, beneath=beneath, by=office))
    said["other words"] = shut(lambda: procedure.publish(new, beneath=beneath, by=publisher, words="Khác."))
    page = procedure.publish(new, beneath=beneath, by=publisher)
    said["on"] = read(page)
    page.reply = "Khác hẳn."
    said["by the back door"] = shut(page.save)
    said["altered"] = page_altered(page)
    procedure.unpublish(new, by=publisher, note="Giờ đã đổi.")
    said["off"] = read(page)
    said["register"] = list(new.events.order_by("sequence").values_list("verb", flat=True))
    said["verified"] = verified()
    return said


def counted(suggestions: Any) -> list[Any]:
    """Hits, total and facet of the list, before and after somebody takes an answer back by SQL."""
    from pakn_portal.search.engines import DatabaseEngine
    from pakn_portal.search.query.request import SearchRequest

    def look() -> list[Any]:
        found = DatabaseEngine().search(SearchRequest(filters={"kind": ("suggestion",)}))
        return [len(found.hits), found.total, found.facets["kind"].get("suggestion", 0)]

    before = look()
    suggestions.objects.filter(number="DX-3").update(status="open")
    after = look()
    suggestions.objects.filter(number="DX-3").update(status="answered")
    return [before, after]


def page_altered(page: Any) -> list[str]:
    """What `pakn_verify` says of a page, of its entry and of its subject that SQL changed."""
    from django.db import connection

    entry, subject = ("key", f"suggestion_page:{page.pk}"), ("id", page.suggestion_id)
    found = []
    for table, column, words, (key, value) in (
        ("second_procedure_suggestionpage", "reply", "Khác hẳn.", ("page_ptr_id", page.pk)),
        ("pakn_portal_archiveentry", "answer", "Khác hẳn.", entry),
        ("second_procedure_suggestion", "status", "open", subject),
    ):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {column} FROM {table} WHERE {key}=%s", [value])
            before = cursor.fetchone()[0]
            cursor.execute(f"UPDATE {table} SET {column}=%s WHERE {key}=%s", [words, value])
            found += [line.replace(f"page {page.pk}", "page") for line in verified()]
            cursor.execute(f"UPDATE {table} SET {column}=%s WHERE {key}=%s", [before, value])
    return found


def words_altered(suggestion: Any) -> list[str]:
    """What `pakn_verify` says of a reply and of a note that SQL changed; both are as before afterwards."""
    from django.db import connection

    found = []
    for table, column, key in (
        ("second_procedure_suggestion", "reply", suggestion.pk),
        ("second_procedure_suggestionevent", "note", suggestion.events.get(sequence=3).pk),
    ):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {column} FROM {table} WHERE id=%s", [key])
            before = cursor.fetchone()[0]
            cursor.execute(f"UPDATE {table} SET {column}=%s WHERE id=%s", ["Khác hẳn.", key])
            found += verified()
            cursor.execute(f"UPDATE {table} SET {column}=%s WHERE id=%s", [before, key])
    return found


def verified() -> list[str]:
    """The offences that `pakn_verify` prints."""
    from contextlib import suppress
    from io import StringIO

    from django.core.management import call_command

    out = StringIO()
    with suppress(SystemExit):
        call_command("pakn_verify", stdout=out, no_color=True)
    return [line for line in out.getvalue().splitlines() if " broken: " in line]


def untyped(suggestion: Any, by: Any) -> str:
    """What the register says to words that a verb is not known to tell, also to those of the opening one."""
    from pakn_portal.flow.moving import append_event
    from tests.second_procedure.models import Verb
    from tests.second_procedure.procedure import Replied

    try:
        append_event(suggestion, Verb.SUGGEST, by=by, from_status="", data=Replied(length=1))
    except TypeError as error:
        return str(error).partition(" tells ")[0]
    return ""


def altered(suggestions: Any) -> list[str]:
    """What `pakn_verify` says once the table was written to behind the verbs."""
    from pakn_portal.management.verify.register import intact

    suggestions.objects.filter(number="DX-1").update(due_on="2030-01-01")
    suggestions.objects.filter(number="DX-2").update(status="answered")
    return list(intact(lambda done, total: None))


def archived(entries: Any) -> list[str]:
    found = entries.objects.filter(key__startswith="suggestion:", is_public=True)
    return list(found.values_list("title", flat=True))


if __name__ == "__main__":
    main()
