"""The menu entry "PAKN cases": what is beneath it depends on who looks.

It stands on every page of the portal's admin, so it asks for roles alone: they cost no query.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.telepath import register
from wagtail.admin.ui.sidebar import BaseSidebarAdapter, MainMenuModule

from pakn_portal.conf import portal_settings
from pakn_portal.people.names import short_person
from pakn_portal.people.scope import Scope, scope_of
from pakn_portal.snippets.confirmation.confirming import may_confirm
from pakn_portal.staff import addresses
from pakn_portal.staff.boards.audit.addresses import audit_url
from pakn_portal.staff.boards.audit.views import may_watch
from pakn_portal.staff.boards.views import board_url
from pakn_portal.staff.cases.list.view import tab_url
from pakn_portal.staff.cases.waiting import worklists
from pakn_portal.staff.lists.confirm import confirm_url
from pakn_portal.staff.lists.replaced_bases import may_review, replaced_bases_url
from pakn_portal.staff.mails.admin import mails_url
from pakn_portal.staff.mails.rows import may_look_after_mails


class ScopedItem(MenuItem):
    """Shown to whom `shown` says, by their scope; asked anew for each request."""

    def __init__(self, label: Any, url: str, *, shown: Callable[[Scope], bool], **options: Any) -> None:
        super().__init__(label, url, **options)
        self._shown = shown

    def is_shown(self, request: HttpRequest) -> bool:
        return self._shown(scope_of(request.user))


class NamedMenu(BaseSidebarAdapter):
    """The foot of the side bar says the name by which colleagues call somebody of the section: Wagtail's own
    says Django's first name alone, which of a Vietnamese name is all but the given one. Others it names as
    the portal does.
    """

    js_constructor = "wagtail.sidebar.MainMenuModule"

    def js_args(self, obj: MainMenuModule) -> list[Any]:
        items, account, named = obj.js_args()
        return [
            items,
            account,
            {**named, "name": short_person(obj.user)} if scope_of(obj.user).is_staff else named,
        ]


def name_people() -> None:
    """In the side bar."""
    register(NamedMenu(), MainMenuModule)


def menu_item() -> SubmenuMenuItem:
    return SubmenuMenuItem(
        _("PAKN cases"),
        Menu(items=_items()),
        name="pakn",
        icon_name="clipboard-list",
        order=portal_settings.MENU_ORDER,
    )


def _items() -> list[ScopedItem]:
    rows: list[tuple[str, Any, str, str, Callable[[Scope], bool]]] = [
        (
            "pakn-mine",
            _("My cases"),
            tab_url(worklists.MINE),
            "user",
            lambda scope: scope.is_staff and not scope.only_audits,
        ),
        ("pakn-audit", _("Watch over the register"), audit_url(), "history", may_watch),
        (
            "pakn-unit",
            _("My unit's cases"),
            tab_url(worklists.UNIT),
            "group",
            # a superuser belongs to a unit only when put there; the list's tabs ask for that
            lambda scope: scope.is_handler and not scope.user.is_superuser,
        ),
        ("pakn-all", _("All cases"), tab_url(worklists.ALL), "list-ul", lambda scope: scope.is_staff),
        (
            "pakn-board",
            _("Overview"),
            board_url(),
            "table",
            lambda scope: scope.sees_all or (scope.is_handler and not scope.user.is_superuser),
        ),
        (
            "pakn-entry",
            _("Enter a letter or call"),
            addresses.entry_url(),
            "plus",
            lambda scope: scope.is_intake,
        ),
        (
            "pakn-notices",
            _("Senders to be told"),
            addresses.notices_url(),
            "mail",
            lambda scope: scope.is_intake or scope.is_handler or scope.reads_sealed,
        ),
        (
            "pakn-replaced",
            _("Answers to look at again"),
            replaced_bases_url(),
            "warning",
            may_review,
        ),
        (
            "pakn-confirm",
            _("To confirm"),
            confirm_url(),
            "check",
            lambda scope: may_confirm(scope.user),
        ),
        (
            "pakn-mails",
            _("Mails that did not leave"),
            mails_url(),
            "mail",
            lambda scope: may_look_after_mails(scope.user),
        ),
    ]
    return [
        ScopedItem(label, url, shown=shown, name=name, icon_name=icon, order=order)
        for order, (name, label, url, icon, shown) in enumerate(rows, 1)
    ]
