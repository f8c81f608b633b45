"""What the Legal Department confirms: terms, reasons of refusal, and the days off of a year as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR
from itertools import groupby
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pakn_portal import clock
from pakn_portal.deadlines.calendar import ONE_DAY
from pakn_portal.deadlines.explain import amount_of_days
from pakn_portal.people.names import person
from pakn_portal.snippets.confirmation.confirming import shown_as
from pakn_portal.snippets.enums import HolidayStatus
from pakn_portal.snippets.models import DeadlineRule, Holiday, RefusalReason

RULES, REASONS, DAYS = "rules", "reasons", "days"
LABELS: Final = {
    RULES: gettext_lazy("Deadline rules"),
    REASONS: gettext_lazy("Refusal reasons"),
    DAYS: gettext_lazy("Days off"),
}


@dataclass(frozen=True)
class RowToConfirm:
    """What is confirmed as one. `key`: the row's primary key, or a year."""

    key: int
    name: str
    is_confirmed: bool
    seen: str
    edit_url: str
    #: Said beneath the name, a line each.
    facts: list[str] = field(default_factory=list)
    #: Where it comes from; empty where nothing is named.
    basis: str = ""
    doubt: str = ""
    #: By whom and when; empty while nobody has.
    confirmed: str = ""
    #: Tells it from others of the same name; empty where the name says all.
    whom: str = ""
    #: Why it cannot be confirmed as it stands.
    obstacle: str = ""

    @property
    def told(self) -> str:
        """Its name where nothing else stands beside it."""
        return f"{self.name} ({self.whom})" if self.whom else self.name


def rows_of(which: str) -> list[RowToConfirm]:
    """All of one list, in the order in which it is worked off. One query."""
    return _ROWS[which]()


def waiting(which: str) -> int:
    """How many of a list wait for the Legal Department. One query."""
    return sum(not row.is_confirmed for row in rows_of(which))


def subject(which: str, key: int) -> QuerySet[Any]:
    """The rows of the lists behind one row of the screen."""
    if which == DAYS:
        return Holiday.objects.filter(date__year=key) if MINYEAR <= key <= MAXYEAR else Holiday.objects.none()
    return (DeadlineRule if which == RULES else RefusalReason)._default_manager.filter(pk=key)


def _rules() -> list[RowToConfirm]:
    """Those that run today first, then those to come; what has ended stands last."""
    rules = sorted(DeadlineRule.objects.select_related("sector", "verified_by"), key=_place_of)
    return [
        RowToConfirm(
            key=rule.pk,
            name=f"{capfirst(rule.get_step_display())}: {amount_of_days(rule.amount, rule.unit)}",
            is_confirmed=rule.is_confirmed,
            seen=shown_as([rule]),
            edit_url=_edit_url(rule),
            facts=[" · ".join([_whom(rule), _when(rule), *_written(rule)])],
            basis=rule.legal_basis,
            doubt="" if rule.legal_basis else rule.doubt,
            confirmed=_by_whom([rule]),
            whom=_named(rule),
            obstacle=rule.obstacle,
        )
        for rule in rules
    ]


def _place_of(rule: DeadlineRule) -> int:
    today = clock.today()
    if rule.valid_until is not None and rule.valid_until < today:
        return 2
    return int(rule.valid_from > today)


def _reasons() -> list[RowToConfirm]:
    reasons = RefusalReason.objects.filter(is_active=True).select_related("verified_by")
    return [
        RowToConfirm(
            key=reason.pk,
            name=reason.name,
            is_confirmed=reason.is_confirmed,
            seen=shown_as([reason]),
            edit_url=_edit_url(reason),
            facts=[
                reason.public_text,
                _("The sender may send again.")
                if reason.may_resubmit
                else _("The sender may not send again."),
                *_written(reason),
            ],
            confirmed=_by_whom([reason]),
        )
        for reason in reasons
    ]


def _days() -> list[RowToConfirm]:
    """This year and what comes; what is over was counted with long ago."""
    days = Holiday.objects.filter(date__year__gte=clock.today().year).select_related("verified_by")
    return [_year(year, list(rows)) for year, rows in groupby(days.order_by("date"), _year_of)]


def _year(year: int, days: list[Holiday]) -> RowToConfirm:
    said = ngettext("%(count)s day", "%(count)s days", len(days)) % {"count": len(days)}
    open_ones = [day for day in days if day.status != HolidayStatus.IN_FORCE]
    is_confirmed = all(day.is_confirmed for day in days)
    return RowToConfirm(
        key=year,
        name=_("%(year)s: %(days)s") % {"year": year, "days": said},
        is_confirmed=is_confirmed,
        seen=shown_as(days),
        edit_url=f"{_list_url(Holiday)}?year={year}",
        facts=[*_spans(days)],
        basis="; ".join(dict.fromkeys(day.note.rstrip(" .;") for day in days if day.note)),
        doubt=_("Some days are not in force yet.") if open_ones and not is_confirmed else "",
        confirmed=_by_whom(days),
    )


def _year_of(day: Holiday) -> int:
    return day.date.year


def _spans(days: list[Holiday]) -> Iterator[str]:
    """Days on end of the same name in one line: “14–22/02 Tết Nguyên đán”."""
    runs: list[list[Holiday]] = []
    for day in days:
        is_same = runs and (runs[-1][-1].name, runs[-1][-1].status) == (day.name, day.status)
        if is_same and runs[-1][-1].date + ONE_DAY == day.date:
            runs[-1].append(day)
        else:
            runs.append([day])
    for run in runs:
        first, last = run[0].date, run[-1].date
        begin = f"{first:%d}–" if first.month == last.month else f"{first:%d/%m}–"
        span = f"{begin}{last:%d/%m}" if len(run) > 1 else f"{first:%d/%m}"
        yield f"{span} {run[0].name}{_status(run[0])}"


def _status(day: Holiday) -> str:
    return "" if day.status == HolidayStatus.IN_FORCE else f" ({day.get_status_display()})"


def _named(rule: DeadlineRule) -> str:
    named = [
        rule.get_kind_display(),
        rule.get_sender_kind_display(),
        str(rule.sector or ""),
        rule.get_urgency_display(),
        rule.get_procedure_display(),
    ]
    return ", ".join(filter(None, named))


def _whom(rule: DeadlineRule) -> str:
    return _("For: %(whom)s") % {"whom": _named(rule) or _("all cases")}


def _when(rule: DeadlineRule) -> str:
    if rule.valid_until is None:
        return _("In force from %(first)s") % {"first": f"{rule.valid_from:%d/%m/%Y}"}
    span = {"first": f"{rule.valid_from:%d/%m/%Y}", "last": f"{rule.valid_until:%d/%m/%Y}"}
    return _("In force from %(first)s to %(last)s") % span


def _written(row: Any) -> list[str]:
    return [_("A written notice is required.")] if row.needs_written_notice else []


def _by_whom(rows: Iterable[Any]) -> str:
    """The last word on these rows; empty where one of them has none that holds."""
    if not all(row.is_confirmed for row in rows):
        return ""
    last = max(rows, key=lambda row: (row.verified_at is not None, row.verified_at))
    if last.verified_at is None:
        return _("ticked before names were kept")
    names = {"person": person(last.verified_by), "day": f"{clock.local(last.verified_at):%H:%M %d/%m/%Y}"}
    return _("%(person)s, %(day)s") % names


def _edit_url(row: Any) -> str:
    return _reverse(row, "edit", [row.pk])


def _list_url(model: Any) -> str:
    return _reverse(model, "list", [])


def _reverse(model: Any, name: str, args: list[Any]) -> str:
    try:
        return reverse(model.snippet_viewset.get_url_name(name), args=args)
    except NoReverseMatch:
        return ""


_ROWS: Final[dict[str, Callable[[], list[RowToConfirm]]]] = {
    RULES: _rules,
    REASONS: _reasons,
    DAYS: _days,
}
