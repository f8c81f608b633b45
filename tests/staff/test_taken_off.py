"""What was taken off the site or rests on a replaced document: its age, its reason, and the next act."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from pakn_portal import clock
from pakn_portal.answers.enums import PublicTextState
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.pages.answers.actions import unpublish_answer
from pakn_portal.people.scope import scope_of
from pakn_portal.search.citing import write_citing
from pakn_portal.snippets.models import LegalBasis
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.dossier import Dossier
from pakn_portal.staff.cases.moves.buttons import buttons_for
from pakn_portal.staff.lists.replaced_bases import replaced_bases_url
from tests.factories import Ministry, make_case
from tests.staff.test_legal_bases import LAW, published

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("section")]


def taken_off(ministry: Ministry, days: int) -> Case:
    with clock.acting_at(clock.now() - timedelta(days=days)):
        case = make_case(Status.PUBLISHED, ministry)
        unpublish_answer(case, by=ministry.publisher, note="Sai số văn bản.")
    return Case.objects.get(pk=case.pk)


def test_the_list_says_since_when_and_why_the_longest_first(ministry: Ministry, as_user: Any) -> None:
    older, newer = taken_off(ministry, 30), taken_off(ministry, 3)
    client = as_user(ministry.publisher)
    url = addresses.list_url(scope="all", public_text=PublicTextState.UNPUBLISHED.value)
    html = unescape(client.get(url).content.decode())
    assert "đã gỡ 30 ngày: Sai số văn bản." in html
    assert html.index(older.number) < html.index(newer.number)
    assert "lâu nhất 30 ngày" in unescape(client.get("/admin/").content.decode())


@pytest.mark.parametrize("person", ["publisher", "officer"])
def test_its_case_begins_with_the_corrected_text(person: str, ministry: Ministry) -> None:
    case = taken_off(ministry, 3)
    primary = buttons_for(Dossier(case, scope_of(getattr(ministry, person)))).primary
    assert primary is not None
    assert primary.verb == Verb.PREPARE_PUBLIC_TEXT


@pytest.mark.parametrize(("person", "corrects"), [("officer", True), ("publisher", True), ("leader", False)])
def test_an_answer_to_look_at_leads_to_its_case(
    person: str, corrects: bool, ministry: Ministry, as_user: Any
) -> None:
    page = published(ministry)
    basis, _new = LegalBasis.objects.get_or_create(number=LAW, defaults={"title": "Bộ luật Lao động"})
    basis.is_replaced, basis.replaced_by = True, "99/2026/QH16"
    basis.save()
    write_citing()
    html = as_user(getattr(ministry, person)).get(replaced_bases_url()).content.decode()
    assert page.public_text is not None
    case = page.public_text.case
    assert addresses.case_url(case.pk) in html
    assert (addresses.move_url(case.pk, Verb.PREPARE_PUBLIC_TEXT) in html) is corrects
