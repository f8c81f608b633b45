from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pakn_portal.cases.enums import Status
from pakn_portal.staff import addresses
from pakn_portal.staff.home import WorkPanel
from pakn_portal.staff.menu import menu_item
from tests.factories import Ministry, make_case, make_many_cases

pytestmark = pytest.mark.django_db


def figures(answer: Any) -> dict[str, int]:
    for context in reversed(answer.context):
        if "figures" in context:
            return {figure.name: figure.count for figure in context["figures"]}
    return {}


def test_figures_are_those_of_the_role(ministry: Ministry, as_user: Any) -> None:
    for status in (
        Status.SUBMITTED,
        Status.RETURNED,
        Status.PROCESSING,
        Status.DRAFT_REVIEW,
        Status.ANSWERED,
    ):
        make_case(status, ministry)
    home = {
        name: figures(as_user(getattr(ministry, name)).get("/admin/"))
        for name in ("intake", "head", "publisher")
    }
    assert home["intake"] == {
        "mine": 2, "new": 1, "returned": 1, "overdue": 0, "soon": 0, "approval": 1, "publication": 0,
    }  # fmt: skip
    assert home["head"] == {"mine": 1, "overdue": 0, "soon": 0, "approval": 1, "publication": 0}
    assert home["publisher"] == {"mine": 0, "publication": 0}
    assert figures(as_user(ministry.other_officer).get("/admin/"))["approval"] == 0
    assert figures(as_user(ministry.administrator).get("/admin/")) == {}


def test_each_figure_leads_to_as_many_rows(ministry: Ministry, as_user: Any) -> None:
    for status in (
        Status.SUBMITTED,
        Status.RETURNED,
        Status.PROCESSING,
        Status.DRAFT_REVIEW,
        Status.COORDINATING,
    ):
        make_case(status, ministry)
    make_many_cases(3, unit=ministry.unit)
    client = as_user(ministry.intake)
    for context in client.get("/admin/").context:
        for figure in context.get("figures", []):
            rows = client.get(figure.url).context["page_obj"].paginator.count
            assert rows == figure.count, figure.name


def test_queries_do_not_grow(ministry: Ministry, as_user: Any) -> None:
    client, counts = as_user(ministry.head), []
    for number in (1, 29, 300):
        make_many_cases(number, unit=ministry.unit)
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/")
        counts.append(len(queries))
    assert counts == [counts[0]] * 3


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        ("intake", {"pakn-mine", "pakn-all", "pakn-entry"}),
        ("officer", {"pakn-mine", "pakn-unit", "pakn-all"}),
        ("publisher", {"pakn-mine", "pakn-all"}),
        ("administrator", set()),
    ],
)
def test_menu_follows_the_role(role: str, shown: set[str], ministry: Ministry, as_user: Any) -> None:
    html = as_user(getattr(ministry, role)).get("/admin/").content.decode()
    names = ("pakn-mine", "pakn-unit", "pakn-all", "pakn-entry")
    assert {name for name in names if f'"{name}"' in html} == shown
    assert (addresses.entry_url() in html) == (role == "intake")


def test_a_portal_says_where_menu_and_panel_stand(settings: Any) -> None:
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "MENU_ORDER": 250, "HOME_PANEL_ORDER": 300}
    assert (menu_item().order, WorkPanel().order) == (250, 300)
