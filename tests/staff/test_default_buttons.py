"""Enter in a line presses the first button of its form, wherever on the screen that stands: it must do no
more than whoever typed a line there wants.
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest

from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.notifications.by_hand.models import ManualNotice
from pakn_portal.staff import addresses
from tests.factories import Ministry, make_case

pytestmark = pytest.mark.django_db


class _Buttons(HTMLParser):
    """The buttons of each form in the order of the page; `form` names one that stands outside of it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.first: dict[str | None, dict[str, str | None]] = {}
        self._here: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "form":
            self._here = found.get("id") or found.get("method")
        if tag == "button" and found.get("type") == "submit":
            self.first.setdefault(found.get("form", self._here), found)


def entered(page: Any, form: str) -> tuple[str | None, str | None]:
    """Name and value of what Enter presses."""
    button = _Buttons(page.content.decode()).first[form]
    return button.get("name"), button.get("value")


@pytest.fixture
def case(ministry: Ministry) -> Case:
    return make_case(Status.PROCESSING, ministry)


def draft(case: Case) -> str:
    return addresses.move_url(case.pk, Verb.DRAFT_ANSWER)


def test_enter_in_the_panel_looks_for_the_document(case: Case, ministry: Ministry, as_user: Any) -> None:
    page = as_user(ministry.officer).get(f"{draft(case)}?tab=bases")
    assert entered(page, "pakn-form") == ("tab", "bases")


def test_enter_in_the_name_of_a_piece_keeps_the_piece(case: Case, ministry: Ministry, as_user: Any) -> None:
    page = as_user(ministry.officer).get(f"{draft(case)}?tab=templates")
    assert entered(page, "pakn-form") == ("keep_piece", "1")


def test_a_draft_that_is_offered_does_not_change_that(case: Case, ministry: Ministry, as_user: Any) -> None:
    officer = as_user(ministry.officer)
    begun = officer.get(draft(case))
    sent = {"version": case.version, "body": "Viết dở.", "legal_bases": "", "outcome": ""}
    kept = {name: getattr(begun.context["kept"], name) for name in ("key", "once", "revision")}
    officer.post(
        draft(case),
        sent
        | {"kept": kept["key"], "once": kept["once"], "kept_revision": kept["revision"], "keep_draft": "1"},
    )
    page = officer.get(f"{draft(case)}?tab=bases")
    assert page.context["kept"].offered
    assert entered(page, "pakn-form") == ("tab", "bases")


def test_a_piece_begun_outlives_another_button(case: Case, ministry: Ministry, as_user: Any) -> None:
    typed = {"version": case.version, "body": "", "legal_bases": "", "outcome": "", "open_tab": "templates"}
    begun = typed | {"piece_name": "Lời chào cuối thư", "piece_body": "Trân trọng."}
    page = as_user(ministry.officer).post(draft(case), begun | {"tab": "templates"})
    assert "Lời chào cuối thư" in page.content.decode()
    kept = as_user(ministry.officer).post(draft(case), begun | {"keep_piece": "1"})
    assert 'value="Lời chào cuối thư"' not in kept.content.decode()


def test_enter_in_the_number_of_a_letter_only_keeps_it(ministry: Ministry, as_user: Any) -> None:
    answered = make_case(Status.ANSWERED, ministry)
    page = as_user(ministry.officer).get(addresses.letter_url(answered.pk, "answer"))
    assert entered(page, "post") == (None, None)


def test_enter_does_what_many_cases_are_chosen_for(ministry: Ministry, as_user: Any) -> None:
    cases = [make_case(Status.SUBMITTED, ministry).pk for _one in range(2)]
    page = as_user(ministry.intake).get(addresses.bulk_url(Verb.RECEIVE, cases))
    assert page.context["tells_sender"]
    assert entered(page, "pakn-form") == (None, None)


def test_enter_in_the_note_of_a_notice_does_not_look_at_contacts(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.RECEIVED, ministry, sender={"email": ""})
    notice = ManualNotice.objects.get()
    page = as_user(ministry.intake).get(addresses.notice_url(case.pk, notice.pk))
    assert b'name="contacts"' in page.content
    assert entered(page, "post") == (None, None)
