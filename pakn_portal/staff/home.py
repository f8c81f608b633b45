"""The panel on the admin's first page: what waits, in figures that lead to the rows behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.permissions import page_permission_policy

from pakn_portal import clock
from pakn_portal.cases.enums import Status
from pakn_portal.conf import portal_settings
from pakn_portal.deadlines.rules import current_calendar
from pakn_portal.people.scope import Scope, scope_of
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.waiting import worklists
from pakn_portal.staff.mails.admin import mails_url
from pakn_portal.staff.mails.rows import count_of_stuck
from pakn_portal.staff.notices.rows import notices_for

#: As the CMS asks before it lists pages.
_PAGE_ACTIONS = {"add", "change", "publish", "bulk_delete", "lock", "unlock"}


@dataclass(frozen=True)
class Figure:
    name: str
    label: str
    count: int
    url: str


class WorkPanel(Component):
    """A handful of queries whatever the number of cases: the scope, the calendar, the counts, the outbox."""

    name = "pakn_work"
    template_name = "pakn_portal/staff/home_panel.html"

    @property
    def order(self) -> int:
        return int(portal_settings.HOME_PANEL_ORDER)

    class Media:
        css = {"all": ["pakn_portal/css/staff.css"]}

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        scope, stuck = scope_of(user), count_of_stuck(user)
        works = scope.is_staff and not scope.only_audits
        return {
            # nothing for whoever has neither cases nor mails to look after
            "is_shown": scope.is_staff or stuck > 0,
            # of whoever only reads the register nothing is asked; their board has their numbers
            "figures": [*figures_for(scope), *_to_be_told(scope)] if works else [],
            "entry_url": addresses.entry_url() if scope.is_intake else "",
            "search_url": addresses.list_url() if scope.is_staff else "",
            "has_pages": _may_look_for_pages(user) if scope.is_staff else True,
            "stuck_mails": stuck,
            "mails_url": mails_url(),
        }


def _to_be_told(scope: Scope) -> list[Figure]:
    """Senders without e-mail; not drawn while there is none, for most people never have one."""
    count = notices_for(scope).count()
    return [Figure("told", _("senders to be told"), count, addresses.notices_url())] if count else []


def _may_look_for_pages(user: Any) -> bool:
    """The CMS's own box above looks for pages alone, and is an error for whoever has none."""
    return bool(page_permission_policy.user_has_any_permission(user, _PAGE_ACTIONS))


def figures_for(scope: Scope) -> list[Figure]:
    """The figures that concern this role, in the order of the work."""
    counts = worklists.figures(scope, clock.today(), current_calendar())
    sees_work = scope.sees_all or bool(scope.unit_ids)
    has_days = sees_work or scope.reads_sealed
    # a leader's own board names the units instead
    sees_intake = scope.sees_all and (scope.is_intake or not scope.is_leader)
    rows: list[tuple[str, bool, str, dict[str, str]]] = [
        (worklists.MINE, True, _("waiting for you"), {"scope": worklists.MINE}),
        (worklists.NEW, sees_intake, _("new"), {"status": Status.SUBMITTED}),
        (worklists.RETURNED, sees_intake, _("sent back"), {"status": Status.RETURNED}),
        (worklists.OVERDUE, has_days, _("overdue"), {"due": worklists.OVERDUE, "order": "due"}),
        (worklists.SOON, has_days, _("due soon"), {"due": worklists.SOON, "order": "due"}),
        (worklists.APPROVAL, sees_work, _("waiting for approval"), {"status": Status.DRAFT_REVIEW}),
        (
            worklists.PUBLICATION,
            scope.is_publisher or sees_work,
            _("waiting for publication"),
            {"to_publish": "true"},
        ),
        (
            worklists.LATE_PUBLICATION,
            scope.is_publisher and counts.get(worklists.LATE_PUBLICATION, 0) > 0,
            _("overdue for publication"),
            {"to_publish": "true", "due": worklists.OVERDUE},
        ),
    ]
    return [
        Figure(name, label, counts.get(name, 0), addresses.list_url(**query))
        for name, shown, label, query in rows
        if shown
    ]
