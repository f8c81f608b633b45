"""An admin page of the portal without our content costs not one query of ours, whoever looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.admin.menu import admin_menu
from wagtail.contrib.redirects.models import Redirect
from wagtail.hooks import _hooks
from wagtail.models import GroupPagePermission, Page

from pakn_portal.people.scope import scope_of
from tests.factories import Ministry, make_user

pytestmark = pytest.mark.django_db

PAGES = (
    "/admin/",
    "/admin/pages/{home}/",
    "/admin/pages/{leaf}/edit/",
    "/admin/pages/{leaf}/delete/",
    "/admin/pages/{leaf}/copy/",
    "/admin/choose-page/",
    "/admin/choose-page/{home}/",
    "/admin/pages/search/?q=trang",
    "/admin/snippets/",
    "/admin/redirects/",
    "/admin/redirects/{redirect}/",
    "/admin/users/",
    "/admin/groups/",
    "/admin/images/",
    "/admin/documents/",
    "/admin/reports/site-history/",
    "/admin/reports/locked/",
    "/admin/account/",
)


@pytest.fixture
def addresses(site: Any) -> list[str]:
    home = site.root_page
    leaf = home.add_child(instance=type(home.specific)(title="Trang con", slug="trang-con"))
    moved = Redirect.objects.create(old_path="/cu", redirect_link="/moi")
    return [page.format(home=home.pk, leaf=leaf.pk, redirect=moved.pk) for page in PAGES]


@pytest.fixture
def without_ours() -> Iterator[Any]:
    """`without_ours()`: from here on Wagtail knows none of our hooks and menu items."""
    before, menu = dict(_hooks), admin_menu.__dict__.copy()

    def leave_out() -> None:
        for name, rows in before.items():
            _hooks[name] = [row for row in rows if not row[0].__module__.startswith("pakn_portal")]
        admin_menu.__dict__.pop("registered_menu_items", None)

    yield leave_out
    _hooks.clear()
    _hooks.update(before)
    admin_menu.__dict__.clear()
    admin_menu.__dict__.update(menu)


def editor() -> Any:
    """Somebody of the portal who has nothing to do with cases."""
    user = make_user("bientapcong", full_name="Biên Tập Cổng")
    group = user.groups.create(name="Biên tập của cổng")
    for codename in ("add_page", "change_page", "publish_page"):
        GroupPagePermission.objects.create(
            group=group,
            page=Page.get_first_root_node(),
            permission=Permission.objects.get(codename=codename, content_type__app_label="wagtailcore"),
        )
    group.permissions.set(
        Permission.objects.filter(codename="access_admin")
        | Permission.objects.filter(content_type__app_label__in=("wagtailredirects", "auth", "wagtailimages"))
    )
    return user


def superuser() -> Any:
    user = make_user("quantricong", full_name="Quản Trị Cổng")
    user.is_superuser = user.is_staff = True
    user.save()
    return user


def costs(client: Any, addresses: list[str]) -> dict[str, list[str]]:
    """The second look at each: the first one fills what a process keeps."""
    asked = {}
    for address in addresses:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        asked[address] = [query["sql"] for query in queries]
    return asked


@pytest.mark.parametrize("person", [editor, superuser])
def test_a_page_of_the_portal_costs_the_same_with_us(
    person: Any, ministry: Ministry, addresses: list[str], as_user: Any, without_ours: Any
) -> None:
    client = as_user(person())
    if person is superuser:
        addresses.remove("/admin/")  # the panel on the first page is content of ours, for whoever has a role
    with_us = costs(client, addresses)
    without_ours()
    without = costs(client, addresses)
    more = {
        address: [sql for sql in with_us[address] if "pakn_portal" in sql] or len(with_us[address])
        for address in addresses
        if len(with_us[address]) != len(without[address])
    }
    assert more == {}


@pytest.mark.parametrize("role", ["intake", "officer", "head", "publisher", "inspector"])
def test_the_menu_asks_nothing(role: str, ministry: Ministry, as_user: Any, addresses: list[str]) -> None:
    client, table = as_user(getattr(ministry, role)), "pakn_portal_unit"
    with CaptureQueriesContext(connection) as queries:
        html = client.get("/admin/account/").content.decode()
    assert '"pakn-mine"' in html
    assert [query["sql"] for query in queries if table in query["sql"]] == []


def test_a_handler_without_a_unit_finds_an_empty_list(ministry: Ministry, as_user: Any) -> None:
    stray = make_user("chuacodonvi", "unit", full_name="Chưa Có Đơn Vị")
    assert scope_of(stray).unit_ids == frozenset()
    answer = as_user(stray).get("/admin/pakn/cases/")
    assert (answer.status_code, answer.context["page_obj"].paginator.count) == (200, 0)
