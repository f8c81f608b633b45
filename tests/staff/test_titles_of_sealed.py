"""The title of a sealed case stands in no list, export or chooser of whoever may not open it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pakn_portal import clock
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.staff import addresses
from pakn_portal.staff.boards.views import board_url
from pakn_portal.staff.cases.waiting import worklists
from pakn_portal.staff.lists.replaced_bases import replaced_bases_url
from pakn_portal.staff.mails.admin import mails_url
from tests.factories import Ministry, make_case
from tests.staff.conftest import As
from tests.staff.roles import people

pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive]

WORD = "kanarivogel"
SENT = {
    "title": f"Hỏi về {WORD}",
    "content": "Tôi nghỉ việc đã hai tháng, nay hỏi về quyền lợi.",
    # without an address of mail: what is to be told stands in a list of its own
    "sender": {"email": ""},
}


def _locked(case: Case, who: Ministry) -> None:
    actions.hold_case(case, by=who.leader)


def _confirmed(case: Case, who: Ministry) -> None:
    _locked(case, who)
    actions.confirm_secret(case, by=who.inspector, paper_number="1/BM", paper_dated_on=clock.today())


SEALINGS: dict[str, tuple[Status, Any]] = {
    "complaint": (Status.PROCESSING, lambda case, who: actions.move_to_complaint(case, by=who.head)),
    "denunciation": (Status.RECEIVED, lambda case, who: actions.move_to_denunciation(case, by=who.intake)),
    "locked while new": (Status.SUBMITTED, _locked),
    "locked while the answer waits": (Status.DRAFT_REVIEW, _locked),
    "locked while public": (Status.PUBLISHED, _locked),
    "confirmed": (Status.PROCESSING, _confirmed),
}


def lists(other: Case, sealed: list[Case]) -> list[str]:
    """What lists, exports or offers cases, answers, mails or pages."""
    scopes = (worklists.MINE, worklists.ELSEWHERE, worklists.UNIT, worklists.ALL)
    dues = ("overdue", "today", "soon", "paused")
    return [
        *(addresses.list_url(scope=scope) for scope in scopes),
        *(addresses.list_url(scope=worklists.ALL, due=due) for due in dues),
        *(addresses.list_url(scope=worklists.ALL, status=status) for status in ("open", "secret_hold")),
        *(addresses.list_url(scope=worklists.ALL, q=q) for q in (WORD, sealed[0].number)),
        *(addresses.list_url(scope=worklists.ALL, export=kind) for kind in ("csv", "xlsx")),
        addresses.results_url() + f"?q={WORD}",
        addresses.case_url(other.pk),
        addresses.intake_url(other.pk),
        *(addresses.duplicate_url(other.pk, case.number) for case in sealed),
        addresses.move_url(other.pk, Verb.MARK_DUPLICATE),
        addresses.bulk_url(Verb.RECEIVE, [other.pk, *(case.pk for case in sealed)]),
        addresses.bulk_url(Verb.FORWARD, [other.pk, *(case.pk for case in sealed)]),
        addresses.notices_url(),
        board_url(),
        mails_url(),
        replaced_bases_url(),
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore_root"),
        reverse("wagtailadmin_pages:search") + f"?q={WORD}",
        reverse("wagtailadmin_choose_page_search") + f"?q={WORD}",
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailadmin_reports:aging_pages"),
        reverse("wagtailadmin_reports:workflow"),
        reverse("wagtailredirects:index"),
    ]


def read(client: Client, url: str) -> str:
    response = client.get(url)
    body = b"".join(response) if response.streaming else response.content
    return body.decode(errors="replace").lower()


def test_whoever_may_not_open_it_reads_its_title_nowhere(
    ministry: Ministry, section: Any, as_user: As
) -> None:
    """Each way to seal a case, all at once: one walk through the lists for each person."""
    cases = {how: make_case(status, ministry, **SENT) for how, (status, _seal) in SEALINGS.items()}
    other = make_case(Status.RECEIVED, ministry, title="Hỏi khác", content="Việc khác hẳn.")
    for how, (_status, seal) in SEALINGS.items():
        seal(cases[how], ministry)
    who, sealed = people(ministry), list(cases.values())
    found = []
    for letter in "IHCPLRM":
        client = as_user(who[letter])
        for url in lists(other, sealed):
            told = read(client, url)
            # a search repeats the word alone
            if f"về {WORD}" in told or f"ve-{WORD}" in told:
                found.append((letter, url))
    assert found == []
    keeper = as_user(ministry.inspector)
    assert f"về {WORD}" in read(keeper, addresses.list_url(scope=worklists.ALL))
    for kind in ("csv", "xlsx"):
        assert WORD not in read(keeper, addresses.list_url(scope=worklists.ALL, export=kind))
