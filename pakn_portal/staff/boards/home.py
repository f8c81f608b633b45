"""What stands on the admin's first page beneath the figures of work: the boards of this person's roles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from pakn_portal.conf import portal_settings
from pakn_portal.deadlines.calendar import Calendar
from pakn_portal.deadlines.rules import current_calendar
from pakn_portal.people.scope import Scope, scope_of
from pakn_portal.snippets.confirmation.confirming import may_confirm
from pakn_portal.staff.boards.audit.board import of_auditor
from pakn_portal.staff.boards.legal import of_legal
from pakn_portal.staff.boards.of_roles import my_day, of_leader, of_office, of_publisher, of_unit
from pakn_portal.staff.boards.sections import Section
from pakn_portal.staff.boards.site import keeps_lists, of_administrator


class BoardPanel(Component):
    name = "pakn_boards"
    template_name = "pakn_portal/staff/boards/home_panel.html"

    @property
    def order(self) -> int:
        """Behind the figures of work."""
        return int(portal_settings.HOME_PANEL_ORDER) + 1

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        scope = scope_of(parent_context["request"].user)
        return {"sections": list(sections_of(scope)) if scope.user is not None else []}


def sections_of(scope: Scope) -> Iterator[Section]:
    """The boards of this person, that of the day first."""
    if not (scope.is_staff or keeps_lists(scope) or may_confirm(scope.user)):
        return  # an editor of the portal: nothing is asked
    calendar = current_calendar()
    boards: list[tuple[bool, Callable[[Scope, Calendar], Section]]] = [
        (scope.is_leader, of_leader),
        (scope.is_staff and not scope.is_auditor, my_day),
        (scope.is_intake, of_office),
        (bool(scope.head_of or scope.focal_of), of_unit),
        (scope.is_publisher, of_publisher),
        (may_confirm(scope.user), of_legal),
        (scope.is_auditor, of_auditor),
    ]
    for is_shown, board in boards:
        if is_shown:
            yield board(scope, calendar)
    if (section := of_administrator(scope, calendar)) is not None:
        yield section
