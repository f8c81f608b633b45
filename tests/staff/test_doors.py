"""Every address of ours in the admin, with who gets in; one that no line below names is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any, Final

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from pakn_portal.answers.actions import prepare_public_text
from pakn_portal.answers.models import OutgoingLetter
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.management.setup.roles import LISTS, make_roles, role_group
from pakn_portal.notifications.by_hand.models import ManualNotice
from pakn_portal.pages.answers.actions import request_publication
from pakn_portal.snippets.enums import LetterKind
from pakn_portal.snippets.models import LetterTemplate
from pakn_portal.staff.cases.writing.panel import BUTTONS
from pakn_portal.staff.help.guides import NAMES
from pakn_portal.submissions.models import KeptWords
from tests.factories import Ministry, make_case
from tests.fixtures.drawn import not_drawn
from tests.fixtures.saved import saved
from tests.staff.roles import LETTERS, people

# every door for every role: minutes, not seconds
pytestmark = [pytest.mark.django_db, pytest.mark.slow]

BASE: Final = "admin/pakn/"
BY_POST: Final[dict[str, Any]] = {"sender": {"email": "", "phone": "0911222333", "address": "Số 5"}}
ALL, STAFF, IN_UNIT = LETTERS.replace("N", ""), "IOFHCXPLTR", "IOFHLR"


@dataclass(frozen=True)
class Door:
    """`may`: who gets in, to a page or, with `to`, to an address that begins so. `sees`: for an address of
    one case, who may know of the case; everybody else gets 404 there.
    """

    may: str
    status: str = ""
    sees: str = ""
    method: str = "get"
    to: str = ""
    args: tuple[Any, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)


def letter(kind: LetterKind, status: Status, may: str, sees: str) -> Door:
    return Door(may, status, sees, args=(str(kind),))


LIST, INSPECT = "/admin/pakn/cases/?", "/admin/pakn/cases/inspect/"
MOVE = "/admin/pakn/cases/move/"
CASES, NOTICES = "pakn_cases_modeladmin_", "pakn_notices_modeladmin_"
DOORS: Final[dict[str, tuple[Door, ...]]] = {
    f"{CASES}index": (Door(STAFF), Door(STAFF, data={"export": "csv"})),
    f"{CASES}results": (Door(STAFF),),
    f"{CASES}views": (
        Door(STAFF, to=LIST),
        Door(STAFF, method="post", to=LIST, data={"name": "Của tôi", "query": "scope=all"}),
        Door(STAFF, method="post", to=LIST, data={"delete": "1"}),
    ),
    f"{CASES}inspect": (Door(IN_UNIT, Status.PROCESSING, IN_UNIT),),
    f"{CASES}contacts": (Door("IOFHL", Status.PROCESSING, IN_UNIT, "post"),),
    f"{CASES}next_intake": (Door("I", to=INSPECT),),
    f"{CASES}intake": (Door("I", Status.SUBMITTED, "ILR", data={"kept": "x"}),),
    f"{CASES}bulk": (
        Door("IHL", data={"verb": "remind", "id": "case"}),
        Door("IHL", method="post", data={"verb": "remind", "id": "case"}),
    ),
    f"{CASES}read": (Door("P", Status.ANSWERED, "IOFHPLR", "post", to=MOVE),),
    f"{CASES}letter": (
        letter(LetterKind.ANSWER, Status.ANSWERED, "IOFHL", "IOFHPLR"),
        letter(LetterKind.REFUSAL, Status.REJECTED, "IL", "ILR"),
        letter(LetterKind.SUPPLEMENT, Status.NEED_INFO, "IL", "ILR"),
        letter(LetterKind.FORWARDING, Status.FORWARDED, "IL", "ILR"),
        letter(LetterKind.EXTENSION, Status.EXTENDED, "IOFHL", IN_UNIT),
    ),
    f"{CASES}past_letter": (
        Door("IOFHL", Status.EXTENDED, IN_UNIT, args=(str(LetterKind.EXTENSION), "past act")),
    ),
    f"{CASES}move": tuple(
        Door("OFH", Status.PROCESSING, IN_UNIT, *more, args=(Verb.DRAFT_ANSWER,), data=data)
        for more, data in [((), {}), *((("post",), {button: "1"}) for button in BUTTONS)]
    ),
    f"{CASES}entry": (Door("I"),),
    f"{CASES}look": (Door("I", method="post"),),
    f"{CASES}receipt": (Door("I", to="/admin/pakn/cases/entry/"),),
    "pakn_mails_modeladmin_index": (Door("IM"),),
    f"{NOTICES}index": (Door(STAFF),),
    # without letters to show it leads back to the list; whose letters they are, test_notices_many.py asks
    f"{NOTICES}letters": (
        Door(STAFF, to="/admin/pakn/notices/"),
        Door(STAFF, method="post", to="/admin/pakn/notices/", data={"way": "letter", "print": "1"}),
    ),
    f"{NOTICES}told": (
        Door(STAFF, to="/admin/pakn/notices/"),
        Door(STAFF, method="post", to="/admin/pakn/notices/", data={"contacts": "1"}),
    ),
    f"{NOTICES}inspect": (
        Door(IN_UNIT, Status.PROCESSING, IN_UNIT, args=("notice",)),
        Door("IOFHL", Status.PROCESSING, IN_UNIT, "post", args=("notice",), data={"contacts": "1"}),
        Door("IOFH", Status.PROCESSING, IN_UNIT, "post", INSPECT, args=("notice",), data={"way": "letter"}),
    ),
    "pakn_board": (Door("IOFHCXLR"),),
    "pakn_audit": (Door("R"),),
    "pakn_audit_lines": (Door("R"), Door("R", data={"export": "csv"})),
    "pakn_help": (Door(ALL),),
    "pakn_report_difficulty": (Door(ALL), Door(ALL, method="post", to="/admin/pakn/", data={"words": "x"})),
    "pakn_difficulties": (Door("IM"), Door("IM", data={"export": "csv"})),
    "pakn_guide": tuple(Door(ALL, args=(name,)) for name in NAMES),
    "pakn_letter_template_preview": (Door("M", args=("template",)),),
    # of the Legal Department alone, whom none of these people is of: tests/staff/test_confirm.py
    "pakn_confirm": (Door(""), Door("", method="post", data={"key": "1"})),
    "pakn_replaced_bases": (Door("IOFHCXPLR"),),
}  # fmt: skip
EACH: Final = [(name, door) for name, doors in DOORS.items() for door in doors]


def test_every_door_is_looked_at() -> None:
    assert set(DOORS) == set(_names(get_resolver().url_patterns))


@pytest.mark.parametrize(("name", "door"), EACH, ids=lambda each: each if isinstance(each, str) else "")
def test_who_gets_in(name: str, door: Door, who: dict[str, Any], made: Callable[[str], Case]) -> None:
    case = made(door.status or Status.PROCESSING)
    for letter in LETTERS:
        # who gets in is decided before the page is drawn; that it can be, two of them show
        with nullcontext() if letter in (door.may[:1], door.may[-1:]) else not_drawn():
            answer = _asked(name, door, case, who[letter])
        outside = (404, 409) if door.sees and letter in STAFF else (302, 404)
        if letter in door.may:
            assert _is_in(answer, door), (letter, answer.status_code, answer.get("Location"))
        elif door.sees and letter in STAFF and letter not in door.sees:
            assert answer.status_code == 404, letter
        else:
            assert not _is_in(answer, door), letter
            assert answer.status_code in (302, *outside), letter


@pytest.mark.parametrize(("name", "door"), EACH, ids=lambda each: each if isinstance(each, str) else "")
def test_who_is_not_signed_in_is_sent_to_sign_in(name: str, door: Door, made: Callable[[str], Case]) -> None:
    case = made(door.status or Status.PROCESSING)
    before, kept = case.events.count(), KeptWords.objects.count()
    for method in ("get", "post"):
        answer = getattr(Client(), method)(_address(name, door, case), _data(door, case))
        assert answer.status_code == 302, method
        assert "/login/" in answer["Location"]
    assert (case.events.count(), KeptWords.objects.count()) == (before, kept)


@pytest.mark.parametrize("status", [Status.COMPLAINT, Status.SECRET_HOLD])
def test_a_sealed_case_is_known_to_nobody_else(
    status: Status, who: dict[str, Any], made: Callable[[str], Case]
) -> None:
    case = made(status)
    for name, door in EACH:
        for letter in STAFF.replace("T", "") if door.sees else "":
            assert _asked(name, door, case, who[letter]).status_code == 404, (name, letter)
    # nothing was chosen, as for a number that no case has
    assert _asked(f"{CASES}bulk", DOORS[f"{CASES}bulk"][0], case, who["H"]).status_code == 302


@pytest.mark.parametrize("model", LISTS)
def test_the_lists_are_their_keepers(model: str, who: dict[str, Any]) -> None:
    names = [name for name, _pattern in _patterns(get_resolver().url_patterns) if model.lower() in name]
    assert names
    for letter in LETTERS:
        client = Client()
        client.force_login(who[letter])
        for action in ("list", "list_results", "add"):
            answer = client.get(reverse(f"wagtailsnippets_pakn_portal_{model.lower()}:{action}"))
            assert answer.status_code == (200 if letter == "M" else 302), (letter, action)


@pytest.fixture
def who(ministry: Ministry) -> dict[str, Any]:
    make_roles()
    ministry.administrator.groups.add(role_group("administrator"))
    return people(ministry)


@pytest.fixture
def made(ministry: Ministry, section: Any) -> Callable[[str], Case]:
    """`made(status)`: a case whose sender has no e-mail, what it wants to be shown, and one to take in."""

    def make(status: str) -> Case:
        case = make_case(status, ministry, **BY_POST)
        if status == Status.ANSWERED:
            words = {"title": "Hỏi", "question": "Còn được nộp không?", "answer": "Còn."}
            prepare_public_text(case, **words, by=ministry.officer)
            request_publication(case, by=ministry.officer)
        make_case(Status.SUBMITTED, ministry)
        saved(LetterTemplate, code="a", name="A", kind=LetterKind.ANSWER, body="Trả lời.")
        return case

    return make


def _asked(name: str, door: Door, case: Case, user: Any) -> Any:
    """What this person gets; what came of it is taken back."""
    client = Client()
    client.force_login(user)
    with transaction.atomic():
        answer = getattr(client, door.method)(_address(name, door, case), _data(door, case))
        transaction.set_rollback(True)
    return answer


def _is_in(answer: Any, door: Door) -> bool:
    if door.to:
        return answer.status_code == 302 and answer["Location"].startswith(door.to)
    return bool(answer.status_code == 200)


def _address(name: str, door: Door, case: Case) -> str:
    known: dict[Any, Any] = {
        "notice": lambda: ManualNotice.objects.filter(mail__case=case).values_list("pk", flat=True)[0],
        "past act": lambda: _past_act(case),
        "template": lambda: LetterTemplate.objects.values_list("pk", flat=True)[0],
    }
    of_case = (case.pk,) if door.sees else ()
    return reverse(name, args=[*of_case, *(known[each]() if each in known else each for each in door.args)])


def _past_act(case: Case) -> int:
    """Of a letter like the one that is kept, from an act before."""
    kind = LetterKind.EXTENSION
    kept = OutgoingLetter.objects.filter(case=case, kind=kind).exclude(act=1).first()
    # a sealed case has none: its address is asked for all the same
    more = {"words": kept.words, "made_on": kept.made_on} if kept is not None else {}
    return OutgoingLetter.objects.get_or_create(case=case, kind=kind, act=1, defaults=more)[0].act


def _data(door: Door, case: Case) -> dict[str, Any]:
    own = {"version": case.version} if door.sees else {}
    return {**own, **{name: case.pk if value == "case" else value for name, value in door.data.items()}}


def _names(patterns: list[Any]) -> Iterator[str]:
    for name, route in _patterns(patterns):
        if route.startswith(BASE):
            yield name


def _patterns(patterns: list[Any], before: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """Name and address of each, below that of the resolver."""
    for each in patterns:
        route = before + str(each.pattern).removeprefix("^")
        if isinstance(each, URLPattern):
            yield f"{space}{each.name}", route
        else:
            within = f"{space}{each.namespace}:" if each.namespace else space
            yield from _patterns(each.url_patterns, route, within)
