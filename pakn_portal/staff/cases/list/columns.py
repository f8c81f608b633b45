"""The columns of the list: which there are, which one has chosen, and what a row shows in each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pakn_portal.staff.cases.list.rows import Row

#: Always there, in this place: the deadline, and the case with its link.
DUE, CASE = "due", "case"


@dataclass(frozen=True)
class Column:
    name: str
    label: Any
    #: None: the template draws it.
    text: Callable[[Row], Any] | None = None
    #: Less of it for the eye; the whole stands in a tooltip and is read out.
    short: Callable[[Row], Any] | None = None

    @property
    def is_text(self) -> bool:
        return self.text is not None


COLUMNS: Final[dict[str, Column]] = {
    each.name: each
    for each in (
        Column("status", _("Status")),
        Column(
            "holder",
            pgettext_lazy("of a case", "Held by"),
            lambda row: row.holder,
            lambda row: row.short_holder,
        ),
        Column("sector", _("Sector"), lambda row: row.case.sector or ""),
        Column(
            "channel",
            pgettext_lazy("how a case came", "Source"),
            lambda row: row.case.submission.get_channel_display(),
        ),
        Column("kind", _("Kind"), lambda row: capfirst(row.case.submission.get_kind_display())),
        Column("sender", _("Sender"), lambda row: capfirst(row.case.submission.sender.get_kind_display())),
        Column("urgency", _("Urgency"), lambda row: capfirst(row.case.get_urgency_display())),
        Column(
            "about",
            pgettext_lazy("what an opinion is on", "About"),
            lambda row: capfirst(row.case.get_about_display()),
        ),
        Column(
            "inner_due",
            _("Due within the unit"),
            lambda row: f"{row.case.inner_due_on:%d/%m/%Y}" if row.case.inner_due_on else "",
        ),
        Column("registered", _("Registered on"), lambda row: f"{row.case.registered_on:%d/%m/%Y}"),
    )
}
#: No more than leaves room for a title of 65 letters at 1280 pixels.
USUAL: Final = ("status", "holder")


def columns_of(names: Iterable[str]) -> list[Column]:
    """Those of these names that there are, in the order of the table; the usual ones for none."""
    wanted = set(names) & COLUMNS.keys() or set(USUAL)
    return [column for name, column in COLUMNS.items() if name in wanted]
