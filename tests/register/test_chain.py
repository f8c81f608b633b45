"""The seal of a line: its key, its format, what it covers, and what may be forgotten."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from django.conf import settings
from django.db.models import QuerySet
from django.test import override_settings

from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.events import CaseRefused
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.cases.moves import moving
from pakn_portal.cases.register import broken_lines, seal
from pakn_portal.flow.moving import append_event
from pakn_portal.register.keys import key_id, register_key
from pakn_portal.register.models import PRESENT_FORMAT, TextSalts
from pakn_portal.register.payloads import Payload
from pakn_portal.register.texts import forget_salts, is_proved
from tests.factories import Ministry, make_case, make_ministry
from tests.fixtures.old_register import make_old

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> Ministry:
    return make_ministry()


def rewrite(event: Any, **columns: Any) -> None:
    """Behind the back of the model, as whoever can write the table."""
    QuerySet(CaseEvent).filter(pk=event.pk).update(**columns)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("note", "Khác."),
        ("at", "2020-01-01T00:00:00+00:00"),
        ("by_id", None),
        ("verb", Verb.NOTE),
        ("from_status", Status.ANSWERED),
        ("to_status", Status.ANSWERED),
        ("data", {"reason": "other"}),
        ("state", {}),
        ("texts", {}),
        ("format", 1),
        ("key_id", "00000000"),
        ("hash", "0" * 64),
    ],
)
def test_each_column_is_under_seal(who: Ministry, column: str, value: Any) -> None:
    case = make_case(Status.RECEIVED, who)
    actions.keep_case(case, by=who.intake, note="Chưa đủ căn cứ.")
    assert list(broken_lines(case)) == []
    last = case.events.get(sequence=3)
    rewrite(last, **{column: value})
    assert list(broken_lines(case)) == [last]


def test_a_seal_that_is_no_digest_is_found_and_stops_nothing(who: Ministry) -> None:
    case = make_case(Status.RECEIVED, who)
    QuerySet(CaseEvent).filter(case=case, sequence=1).update(hash="không có dấu")
    assert [line.sequence for line in broken_lines(case)][:1] == [1]


def test_whoever_has_the_database_cannot_write_a_line(who: Ministry) -> None:
    """With everything in it, salts and all, and every function of ours, but without the key."""
    case = make_case(Status.ROUTED, who)
    with override_settings(SECRET_KEY="another key of another site, which is long enough"):
        previous = ""
        for event in case.events.order_by("sequence"):
            event.by_id, event.previous_hash, event.key_id = who.nobody.pk, previous, key_id(register_key())
            previous = event.hash = seal(event, case.number)
            columns = ("by_id", "previous_hash", "key_id", "hash")
            rewrite(event, **{name: getattr(event, name) for name in columns})
        assert list(broken_lines(case)) == []
    assert len(list(broken_lines(case))) == case.events.count()


def test_nor_one_in_the_format_that_had_no_key(who: Ministry) -> None:
    case = make_case(Status.RECEIVED, who)
    make_old(case)
    assert list(broken_lines(case)) == []
    actions.keep_case(case, by=who.intake, note="Chưa đủ căn cứ.")
    assert [event.format for event in case.events.order_by("sequence")] == [1, 1, PRESENT_FORMAT]
    assert list(broken_lines(case)) == []
    last = case.events.get(sequence=3)
    fake = CaseEvent(
        case=case, sequence=4, verb=Verb.NOTE, from_status=case.status, to_status=case.status, at=last.at,
        note="Bịa.", previous_hash=last.hash,
    )  # fmt: skip
    fake.hash = seal(fake, case.number)
    fake.save()
    assert list(broken_lines(case)) == [fake]


def test_keys_change_and_old_lines_stay_valid(who: Ministry) -> None:
    case = make_case(Status.RECEIVED, who)
    portal = {**settings.PAKN_PORTAL, "REGISTER_KEYS": ["first key of the register"]}
    with override_settings(PAKN_PORTAL=portal):
        append_event(case, Verb.READ_CONTACTS, by=who.intake, from_status=case.status)
        assert list(broken_lines(case)) == []
    portal["REGISTER_KEYS"] = ["second key of the register", "first key of the register"]
    with override_settings(PAKN_PORTAL=portal):
        append_event(case, Verb.READ_CONTACTS, by=who.intake, from_status=case.status)
        assert list(broken_lines(case)) == []
        assert len({*case.events.values_list("key_id", flat=True)}) == 3
    portal["REGISTER_KEYS"] = ["second key of the register"]
    with override_settings(PAKN_PORTAL=portal):
        assert [line.sequence for line in broken_lines(case)] == [3]


def test_the_secret_key_may_change(who: Ministry) -> None:
    case = make_case(Status.RECEIVED, who)
    with override_settings(SECRET_KEY="new " * 12, SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        append_event(case, Verb.READ_CONTACTS, by=who.intake, from_status=case.status)
        assert list(broken_lines(case)) == []


def test_the_line_tells_nothing_of_its_texts(who: Ministry) -> None:
    """Not even to who guesses: of a name or a number there are few."""
    case = make_case(Status.SUBMITTED, who)
    event = case.events.get()
    sender = case.submission.sender
    line = json.dumps([event.data, event.state, event.texts])
    assert {"sender.full_name", "sender.phone", "submission.content"} <= event.texts.keys()
    for words in (sender.full_name, sender.phone, case.submission.content):
        assert words not in line
        assert hashlib.sha256(words.encode()).hexdigest() not in line
    twin = make_case(Status.SUBMITTED, who).events.get()
    assert not {*event.texts.values()} & {*twin.texts.values()}


def test_a_text_is_forgotten_with_its_salt_and_the_chain_holds(who: Ministry) -> None:
    case = make_case(Status.RECEIVED, who)
    actions.keep_case(case, by=who.intake, note="Chưa đủ căn cứ.")
    last = case.events.get(sequence=3)
    forget_salts([last.hash], ["note"])
    rewrite(last, note="")
    assert list(broken_lines(case)) == [last]  # nobody said so
    append_event(case, Verb.NOTE, by=who.intake, from_status=case.status, data=Payload(forgotten=("3/note",)))
    assert list(broken_lines(case)) == []
    assert "note" not in TextSalts.objects.get(pk=last.hash).salts


def test_words_are_proved_by_the_last_line_that_tells_of_them(who: Ministry) -> None:
    case = make_case(Status.PROCESSING, who)
    for words in ("Một.", "Hai."):
        append_event(case, Verb.NOTE, by=None, from_status=case.status, texts={"words": words})
    assert is_proved(case.events, {"words": "Hai."})
    assert not is_proved(case.events, {"words": "Một."})
    assert not is_proved(case.events, {"others": ""})


def test_a_verb_tells_only_what_it_is_known_to_tell(who: Ministry) -> None:
    case = make_case(Status.SUBMITTED, who)
    with pytest.raises(TypeError, match="receive tells"), moving(case, Verb.RECEIVE, by=who.intake) as move:
        move.payload = CaseRefused(reason="unclear")
    assert Case.objects.get(pk=case.pk).status == Status.SUBMITTED


@pytest.mark.parametrize(
    ("verb", "data"),
    [
        (Verb.NOTE, {"phone": "0900000101"}),
        (Verb.NOTE, CaseRefused(reason="unclear")),
        (Verb.SUBMIT, None),
        (Verb.SUBMIT, CaseRefused(reason="unclear")),
    ],
)
def test_nor_does_any_other_line(who: Ministry, verb: Verb, data: Any) -> None:
    """Also the opening one, which no `moving` writes."""
    case = make_case(Status.RECEIVED, who)
    with pytest.raises(TypeError, match=f"{verb} tells"):
        append_event(case, verb, by=None, from_status=case.status, data=data)
    assert case.events.count() == 2
