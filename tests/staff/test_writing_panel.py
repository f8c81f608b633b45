"""What stands beside a draft helps and does nothing by itself; whatever is pressed, nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pakn_portal.answers.models import Answer
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.management.setup.roles import role_group
from pakn_portal.snippets.models import LetterTemplate, Sector, TextPiece
from pakn_portal.staff import addresses
from pakn_portal.staff.lists.letter_templates import NAME
from tests.factories import Ministry, make_case
from tests.fixtures.saved import saved

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(ministry: Ministry) -> Case:
    return make_case(Status.PROCESSING, ministry)


@pytest.fixture
def template() -> LetterTemplate:
    return saved(
        LetterTemplate, code="chung", name="Trả lời chung", kind="answer", body="Về hồ sơ {{ mã hồ sơ }}."
    )


def press(client: Any, case: Case, **data: str) -> Any:
    typed = {"version": case.version, "body": "", "legal_bases": "", "outcome": "", **data}
    return client.post(addresses.move_url(case.pk, Verb.DRAFT_ANSWER), typed)


@pytest.mark.every_wagtail
def test_a_template_fills_an_empty_draft(
    case: Case, template: LetterTemplate, ministry: Ministry, as_user: Any
) -> None:
    page = press(
        as_user(ministry.officer), case, insert=f"template:{template.pk}", legal_bases="45/2019/QH14"
    )
    assert page.context["form"]["body"].value() == f"Về hồ sơ {case.number}."
    assert page.context["form"]["legal_bases"].value() == "45/2019/QH14"
    assert not Answer.objects.exists()


def test_into_a_draft_with_words_it_asks_first(
    case: Case, template: LetterTemplate, ministry: Ministry, as_user: Any
) -> None:
    officer, key = as_user(ministry.officer), f"template:{template.pk}"
    asked = press(officer, case, insert=key, body="Tôi đã viết.")
    assert asked.context["form"]["body"].value() == "Tôi đã viết."
    assert asked.context["asked"].key == key
    behind = press(officer, case, insert=f"{key}|append", body="Tôi đã viết.")
    assert behind.context["form"]["body"].value() == f"Tôi đã viết.\n\nVề hồ sơ {case.number}."
    instead = press(officer, case, insert=f"{key}|replace", body="Tôi đã viết.")
    assert instead.context["form"]["body"].value() == f"Về hồ sơ {case.number}."


@pytest.mark.parametrize(
    "key", ["template:999", "template:x", "piece:1", "similar:9", "x", "piece:" + "9" * 40]
)
def test_what_is_not_there_is_told(key: str, case: Case, ministry: Ministry, as_user: Any) -> None:
    page = press(as_user(ministry.officer), case, insert=key, body="Tôi đã viết.")
    assert page.context["sentence"]
    assert page.context["form"]["body"].value() == "Tôi đã viết."


def test_a_template_of_another_sector_is_not_offered_and_not_taken(
    case: Case, template: LetterTemplate, ministry: Ministry, as_user: Any
) -> None:
    LetterTemplate.objects.update(sector=Sector.objects.exclude(pk=case.sector_id or 0)[0])
    officer = as_user(ministry.officer)
    shown = officer.get(addresses.move_url(case.pk, Verb.DRAFT_ANSWER)).context["panel"]
    assert template.name not in [offer.name for offer in shown.templates]
    page = press(officer, case, insert=f"template:{template.pk}")
    assert page.context["form"]["body"].value() == ""
    assert page.context["sentence"]


@pytest.mark.every_wagtail
@pytest.mark.parametrize("tab", ["templates", "similar", "lạ"])
def test_a_tab_opens_and_keeps_what_was_typed(tab: str, case: Case, ministry: Ministry, as_user: Any) -> None:
    officer = as_user(ministry.officer)
    page = press(officer, case, tab=tab, body="Tôi đã viết.")
    assert page.context["form"]["body"].value() == "Tôi đã viết."
    assert [name for name, _label, is_open in page.context["panel"].tabs if is_open] == [
        tab if tab != "lạ" else "templates"
    ]
    assert officer.get(addresses.move_url(case.pk, Verb.DRAFT_ANSWER), {"tab": tab}).status_code == 200


def test_templates_of_the_sector_stand_first_and_those_of_others_nowhere(
    case: Case, template: LetterTemplate, ministry: Ministry, as_user: Any
) -> None:
    own, other = Sector.objects.all()[:2]
    Case.objects.filter(pk=case.pk).update(sector=own)
    for number, sector in enumerate((other, own)):
        saved(LetterTemplate, code=f"s{number}", name=f"S{number}", kind="answer", body="A", sector=sector)
    saved(LetterTemplate, code="off", name="Tắt", kind="answer", body="A", is_active=False)
    saved(LetterTemplate, code="slip", name="Phiếu", kind="forwarding", body="A")
    page = as_user(ministry.officer).get(addresses.move_url(case.pk, Verb.DRAFT_ANSWER))
    assert [offer.name for offer in page.context["panel"].templates] == ["S1", "Trả lời chung"]


def test_pieces_of_text_are_ones_own(case: Case, ministry: Ministry, as_user: Any) -> None:
    officer, colleague = as_user(ministry.officer), as_user(ministry.second_officer)
    kept = press(officer, case, keep_piece="1", piece_name="Chào", piece_body="Trân trọng.", body="Viết.")
    assert kept.context["form"]["body"].value() == "Viết."
    piece = TextPiece.objects.get()
    assert (piece.owner, piece.body) == (ministry.officer, "Trân trọng.")
    used = press(officer, case, insert=f"piece:{piece.pk}")
    assert used.context["form"]["body"].value() == "Trân trọng."
    assert press(colleague, case, insert=f"piece:{piece.pk}").context["sentence"]
    press(colleague, case, drop_piece=str(piece.pk))
    assert TextPiece.objects.count() == 1
    press(officer, case, drop_piece=str(piece.pk))
    assert TextPiece.objects.count() == 0


def test_a_piece_without_a_name_is_told_and_keeps_its_words(
    case: Case, ministry: Ministry, as_user: Any
) -> None:
    page = press(as_user(ministry.officer), case, keep_piece="1", piece_name=" ", piece_body="Trân trọng.")
    assert page.context["piece_problem"]
    assert "Trân trọng." in page.content.decode()
    assert not TextPiece.objects.exists()


def test_the_screen_costs_the_same_with_many_rows(
    case: Case, template: LetterTemplate, ministry: Ministry, as_user: Any
) -> None:
    officer, url, counts = as_user(ministry.officer), addresses.move_url(case.pk, Verb.DRAFT_ANSWER), []
    for number in (1, 30):
        for each in range(number):
            saved(LetterTemplate, code=f"m{number}-{each}", name="M", kind="answer", body="{{ lĩnh vực }}")
            TextPiece.objects.create(owner=ministry.officer, name="M", body="M")
        officer.get(url)
        with CaptureQueriesContext(connection) as queries:
            officer.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.every_wagtail
def test_the_preview_of_a_template_takes_a_case_that_its_reader_may_see(
    case: Case, ministry: Ministry, as_user: Any, section: Any
) -> None:
    """A keeper of the lists sees no case; a leader who keeps them sees this one."""
    template = saved(LetterTemplate, code="a", name="A", kind="answer", body="Số {{ mã hồ sơ }}.")
    url = reverse(NAME, args=[template.pk])
    ministry.administrator.groups.add(role_group("administrator"))
    ministry.leader.groups.add(role_group("administrator"))
    keeper, leader = as_user(ministry.administrator), as_user(ministry.leader)
    assert "Số PAKN-2026-000039." in keeper.get(url).content.decode()
    unseen = keeper.get(url, {"case": case.number}).content.decode()
    assert "Số PAKN-2026-000039." in unseen
    assert "không xem được hồ sơ nào" in unseen
    assert f"Số {case.number}." in leader.get(url, {"case": case.number}).content.decode()
    assert as_user(ministry.officer).get(url).status_code in (302, 403)
