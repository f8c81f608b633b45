"""The authorisation matrix of the staff side, walked through every door: 404 for what must not be known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from pakn_portal import clock
from pakn_portal.answers.actions import prepare_public_text
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.pages.answers.actions import request_publication
from pakn_portal.register.texts import text_hash
from pakn_portal.snippets.models import Agency, RefusalReason, Sector
from pakn_portal.staff import addresses
from tests.factories import Ministry, make_case
from tests.fixtures.drawn import not_drawn
from tests.staff.roles import LETTERS, people

# every right of every role at every state by HTTP: minutes, not seconds
pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NOTE = {"note": "Lý do viết trong phép thử."}


@dataclass(frozen=True)
class Row:
    """Who of those that see the case may do it. `sees`: everybody else gets 404."""

    verb: Verb
    status: Status
    may: str
    sees: str
    data: dict[str, Any] = field(default_factory=lambda: dict(NOTE))


def _today() -> str:
    return f"{clock.today():%d/%m/%Y}"


def _asked_twice() -> str:
    """What the form of a confirmed secret gives back at the second time."""
    return text_hash(PAPER["paper_number"], clock.today().isoformat())


PAPER: dict[str, Any] = {"paper_number": "12/BNV-TTr", "paper_dated_on": _today}
ON_PAPER = {**PAPER, "is_copied": "on", "read_until": 999, "seen": _asked_twice}
AT_INTAKE, IN_UNIT, DONE, SEALED = "ILR", "IOFHLR", "IOFHPLR", "T"
ROWS = [
    Row(Verb.RECEIVE, Status.SUBMITTED, "I", AT_INTAKE),
    Row(Verb.REFUSE, Status.RECEIVED, "I", AT_INTAKE, {"reason": RefusalReason}),
    Row(Verb.REQUEST_SUPPLEMENT, Status.RECEIVED, "I", AT_INTAKE),
    Row(Verb.REQUEST_SUPPLEMENT, Status.PROCESSING, "OFH", IN_UNIT),
    Row(Verb.SUPPLEMENT, Status.NEED_INFO, "I", AT_INTAKE, {"content": "Người gửi nói qua điện thoại."}),
    Row(Verb.CLASSIFY, Status.RECEIVED, "I", AT_INTAKE, {"sector": Sector, "urgency": "urgent"}),
    Row(Verb.FORWARD, Status.RECEIVED, "IL", AT_INTAKE, {"to_unit": "unit"}),
    Row(Verb.RECALL, Status.ROUTED, "IL", IN_UNIT),
    Row(Verb.RECALL, Status.PROCESSING, "IL", IN_UNIT),
    Row(Verb.REMIND, Status.PROCESSING, "IHL", IN_UNIT),
    Row(Verb.REMIND, Status.COORDINATING, "IHL", IN_UNIT + "C"),
    Row(Verb.CHANGE_URGENCY, Status.PROCESSING, "IL", IN_UNIT, {"urgency": "express"}),
    Row(Verb.SET_INNER_DUE, Status.PROCESSING, "FH", IN_UNIT, {"on": ""}),
    Row(Verb.SEND_BACK, Status.ROUTED, "OFH", IN_UNIT),
    Row(Verb.ASSIGN, Status.ROUTED, "FH", IN_UNIT, {"officer": "officer"}),
    Row(Verb.REQUEST_OPINION, Status.PROCESSING, "OFH", IN_UNIT, {**NOTE, "unit": "other_unit"}),
    Row(Verb.GIVE_OPINION, Status.COORDINATING, "C", IN_UNIT + "C"),
    Row(Verb.CONTINUE_WITHOUT, Status.COORDINATING, "OFH", IN_UNIT + "C"),
    Row(Verb.EXTEND_DEADLINE, Status.PROCESSING, "HL", IN_UNIT),
    Row(Verb.DRAFT_ANSWER, Status.PROCESSING, "OFH", IN_UNIT, {"body": "Trả lời.", "outcome": "explained"}),
    Row(Verb.DRAFT_ANSWER, Status.COORDINATING, "OFH", IN_UNIT + "C", {"body": "A.", "outcome": "explained"}),
    Row(Verb.APPROVE_ANSWER, Status.DRAFT_REVIEW, "HL", IN_UNIT),
    Row(Verb.REJECT_ANSWER, Status.DRAFT_REVIEW, "HL", IN_UNIT),
    Row(Verb.REFER, Status.RECEIVED, "I", AT_INTAKE, {"agency": Agency}),
    Row(Verb.GUIDE, Status.RECEIVED, "I", AT_INTAKE),
    Row(Verb.KEEP, Status.RECEIVED, "I", AT_INTAKE),
    Row(Verb.KEEP, Status.PROCESSING, "IH", IN_UNIT),
    Row(Verb.MOVE_TO_COMPLAINT, Status.PROCESSING, "IH", IN_UNIT),
    Row(Verb.MOVE_TO_DENUNCIATION, Status.RECEIVED, "I", AT_INTAKE),
    Row(Verb.REOPEN, Status.ANSWERED, "IL", DONE),
    Row(Verb.REOPEN, Status.DUPLICATE, "I", AT_INTAKE),
    Row(Verb.NOTE, Status.COORDINATING, "IOFHCL", IN_UNIT + "C"),
    Row(Verb.NOTE, Status.ANSWERED, "IOFHPL", DONE),
    Row(Verb.NOTE, Status.REJECTED, "IL", AT_INTAKE),
    Row(Verb.NOTE, Status.COMPLAINT, "T", SEALED),
    Row(Verb.HOLD, Status.REJECTED, "IL", AT_INTAKE),
    Row(Verb.HOLD, Status.ANSWERED, "IOFHPL", DONE),
    Row(Verb.HOLD, Status.PROCESSING, "IOFHL", IN_UNIT),
    Row(Verb.HOLD, Status.COORDINATING, "IOFHCL", IN_UNIT + "C"),
    Row(Verb.RELEASE_HOLD, Status.SECRET_HOLD, "T", SEALED),
    Row(Verb.CONFIRM_SECRET, Status.SECRET_HOLD, "T", SEALED, ON_PAPER),
    Row(Verb.CORRECT_SENDER, Status.PROCESSING, "I", IN_UNIT, {**NOTE, "phone": "0900000999"}),
    Row(Verb.GUIDE_AGAIN, Status.COMPLAINT, "T", SEALED),
    Row(Verb.HAND_OVER, Status.DENUNCIATION, "T", SEALED, {"agency": Agency, **PAPER}),
    Row(Verb.SETTLE, Status.COMPLAINT, "T", SEALED, {"settled_as": "guided"}),
    Row(
        Verb.PREPARE_PUBLIC_TEXT, Status.ANSWERED, "OFHP", DONE,
        {"title": "Hỏi", "question": "Còn được nộp không?", "answer": "Còn.", "confirmed": ""},
    ),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.verb}-{row.status}")
def test_matrix(row: Row, ministry: Ministry) -> None:
    case, who = make_case(row.status, ministry), people(ministry)
    data = {**{name: _value(value, ministry) for name, value in row.data.items()}, "version": case.version}
    for letter in LETTERS:
        with _undone():
            check(row.verb, letter, row.may, row.sees, case, who[letter], data)


@pytest.mark.parametrize(
    ("verb", "may"),
    [(Verb.REQUEST_PUBLICATION, "OFHP"), (Verb.PUBLISH, "P"), (Verb.RETURN_PUBLIC_TEXT, "P")],
)
def test_matrix_of_publication(verb: Verb, may: str, ministry: Ministry, section: Any) -> None:
    case, who = make_case(Status.ANSWERED, ministry), people(ministry)
    prepare_public_text(case, title="Hỏi", question="Còn được nộp không?", answer="Còn.", by=ministry.officer)
    if verb != Verb.REQUEST_PUBLICATION:
        request_publication(case, by=ministry.officer)
    for letter in LETTERS:
        with _undone():
            check(verb, letter, may, DONE, case, who[letter], {**NOTE, "version": case.version})


@pytest.mark.parametrize(("verb", "may"), [(Verb.UNPUBLISH, "P"), (Verb.HOLD, "IOFHPL")])
def test_matrix_of_published(verb: Verb, may: str, ministry: Ministry, section: Any) -> None:
    case, who = make_case(Status.PUBLISHED, ministry), people(ministry)
    for letter in LETTERS:
        with _undone():
            check(verb, letter, may, DONE, case, who[letter], {**NOTE, "version": case.version})


def check(verb: Verb, letter: str, may: str, sees: str, case: Case, user: Any, data: dict[str, Any]) -> None:
    """One cell: the form and its POST."""
    client = Client()
    client.force_login(user)
    url = addresses.move_url(case.pk, verb)
    before = case.events.count()
    if letter in "MN":
        # no role: turned away before anything is looked up
        assert (client.get(url).status_code, client.post(url, data).status_code) == (302, 302), letter
        assert case.events.count() == before
        return
    page = client.get(url)
    assert page.status_code == (404 if letter not in sees else 200 if letter in may else 302), letter
    answer = client.post(url, data)
    if letter in may:
        assert answer.status_code == 302, (letter, answer.content.decode()[:3000])
        assert [event.verb for event in case.events.all()[before:]][-1] == verb, letter
    else:
        assert answer.status_code == (409 if letter in sees else 404), letter
        assert case.events.count() == before, letter
        assert Case.objects.get(pk=case.pk).status == case.status


def test_who_finds_the_case(ministry: Ministry, section: Any) -> None:
    """All of them stand there at once, so that each person reads each list of them once."""
    standing = sorted({(row.status, row.sees) for row in ROWS} | {(Status.PUBLISHED, DONE)})
    cases = [(make_case(status, ministry), sees) for status, sees in standing]
    check_who_finds(cases, people(ministry))


def test_who_finds_what_waits_for_its_publisher(ministry: Ministry, section: Any) -> None:
    case = make_case(Status.ANSWERED, ministry)
    prepare_public_text(case, title="Hỏi", question="Còn được nộp không?", answer="Còn.", by=ministry.officer)
    who = people(ministry)
    check_who_finds([(case, DONE)], who)
    request_publication(case, by=ministry.officer)
    check_who_finds([(case, DONE)], who)


def check_who_finds(cases: list[tuple[Case, str]], who: dict[str, Any]) -> None:
    """Whatever may be done with it, for each person: the list, its search, the download and the case page."""
    wrong = []
    for letter in LETTERS:
        client = Client()
        client.force_login(who[letter])
        if letter in "MN":
            for address in (
                addresses.list_url(),
                addresses.list_url(export="csv"),
                *(addresses.case_url(case.pk) for case, _sees in cases),
            ):
                assert client.get(address).status_code == 302, (letter, address)
            continue
        listed, told = _drawn(client), client.get(addresses.list_url(export="csv")).getvalue().decode()
        for case, sees in cases:
            is_sought = f'data-object-pk="{case.pk}"' in listed, _is_found(client, case), case.number in told
            page = client.get(addresses.case_url(case.pk)).status_code
            if (*is_sought, page) != ((True,) * 3 + (200,) if letter in sees else (False,) * 3 + (404,)):
                wrong.append((letter, case.status, is_sought, page))
    assert wrong == []


@pytest.mark.parametrize(
    ("status", "may", "sees"),
    [
        (Status.PROCESSING, "IOFHL", IN_UNIT),
        (Status.COORDINATING, "IOFHL", IN_UNIT + "C"),
        (Status.COMPLAINT, "", "T"),
    ],
)
def test_contacts_by_role(status: Status, may: str, sees: str, ministry: Ministry) -> None:
    case, who = make_case(status, ministry), people(ministry)
    for letter in LETTERS:
        client = Client()
        client.force_login(who[letter])
        with _undone():
            answer = client.post(addresses.contacts_url(case.pk))
            shown = "0900000101" in answer.content.decode()
            assert shown == (letter in may), letter
            assert case.events.filter(verb=Verb.READ_CONTACTS).exists() == (letter in may), letter
            if letter not in sees + "MN":
                assert answer.status_code == 404, letter


def test_anonymous_is_sent_to_sign_in(ministry: Ministry, client: Client) -> None:
    case = make_case(Status.RECEIVED, ministry)
    for url in (
        addresses.list_url(),
        addresses.case_url(case.pk),
        addresses.move_url(case.pk, Verb.REFUSE),
        addresses.contacts_url(case.pk),
        addresses.entry_url(),
        addresses.entry_receipt_url(),
    ):
        for answer in (client.get(url), client.post(url)):
            assert answer.status_code == 302
            assert "/login/" in answer["Location"]
    assert case.events.count() == 2


def test_rights_move_with_the_person(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.PROCESSING, ministry)
    client = as_user(ministry.officer)
    assert client.get(addresses.case_url(case.pk)).status_code == 200
    ministry.officer.groups.remove(ministry.unit.staff_group)
    ministry.officer.groups.add(ministry.other_unit.staff_group)
    assert client.get(addresses.case_url(case.pk)).status_code == 404


def test_a_superuser_needs_a_role_for_no_door(ministry: Ministry, as_user: Any) -> None:
    """Django gives superusers every permission of the house; the work of a unit stays closed to them."""
    ministry.nobody.is_superuser = True
    ministry.nobody.save()
    case = make_case(Status.PROCESSING, ministry)
    answer = as_user(ministry.nobody).post(
        addresses.move_url(case.pk, Verb.SEND_BACK), {**NOTE, "version": case.version}
    )
    assert answer.status_code == 409
    assert Case.objects.get(pk=case.pk).status == Status.PROCESSING


@pytest.mark.parametrize(
    "path",
    [
        "pakn/cases/edit/{pk}/",
        "pakn/cases/delete/{pk}/",
        "pakn/cases/history/{pk}/",
        "pakn/cases/create/",
        "pakn/cases/inspect/0/",
        "pakn/cases/inspect/999999999999999999/",
        "pakn/cases/inspect/-1/",
        "pakn/cases/inspect/{pk}%20/",
        "pakn/cases/move/{pk}/withdraw/",
        "pakn/cases/move/{pk}/recalculate/",
        "pakn/cases/move/{pk}/read_contacts/",
        "pakn/cases/move/{pk}/drop_table/",
        "pakn_portal/case/",
        "pakn_portal/case/inspect/{pk}/",
        "snippets/pakn_portal/case/",
        "snippets/pakn_portal/case/usage/{pk}/",
        "bulk/pakn_portal/case/delete/?id={pk}",
        "modal-workflow/pakn_portal/case/{pk}/",
    ],
)
def test_doors_that_do_not_exist(path: str, ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.PROCESSING, ministry)
    client, url = as_user(ministry.intake), "/admin/" + path.format(pk=case.pk)
    assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)
    assert Case.objects.filter(pk=case.pk).exists()


@pytest.mark.parametrize(
    "path", ["reports/site-history/", "reports/workflow/", "reports/workflow_tasks/", "", "account/"]
)
def test_wagtails_own_pages_know_nothing_of_a_case(path: str, ministry: Ministry, as_user: Any) -> None:
    make_case(Status.ANSWERED, ministry, title="Tiêu đề chỉ đơn vị được biết")
    html = as_user(ministry.other_officer).get(f"/admin/{path}", follow=True).content.decode()
    assert "Tiêu đề chỉ đơn vị được biết" not in html


def _value(value: Any, ministry: Ministry) -> Any:
    """A class: its first row; a function: what it gives now; the name of somebody or something of the
    ministry: its key.
    """
    if isinstance(value, type):
        return value.objects.values_list("pk", flat=True)[0]
    if callable(value):
        return value()
    return getattr(ministry, value).pk if value in ("unit", "other_unit", "officer") else value


def _drawn(client: Client) -> str:
    """The list of all that this person sees."""
    answer = client.get(addresses.list_url(scope="all"))
    assert answer.context["page_obj"].paginator.num_pages == 1
    return str(answer.content.decode())


def _is_found(client: Client, case: Case) -> bool:
    """By its number; the list of one row need not be drawn for each person and case."""
    with not_drawn():
        answer: Any = client.get(addresses.list_url(q=case.number))
    assert answer.status_code == 200
    return case.pk in [row.case.pk for row in answer.context_data["rows"]]


class _undone:
    """What happens inside is taken back, so that the next person finds the same case."""

    def __enter__(self) -> None:
        self.block = transaction.atomic()
        self.block.__enter__()

    def __exit__(self, *error: Any) -> bool:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)
        return False
