"""The reference lists as the clock needs them: the calendar, and the rule for a step of a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext

from pakn_portal.deadlines.calendar import Calendar, calendar_from_rows
from pakn_portal.deadlines.count import Term
from pakn_portal.snippets.enums import Step
from pakn_portal.snippets.models import DeadlineRule, Holiday, Sector

#: From the strongest on: of two rules that name equally many things, the one that names the earlier thing
#: wins. The procedure comes first, because each has a law of its own; then the sender, because the law sets
#: terms by who asks (voters 60 days, deputies 20 days).
CRITERIA = ("procedure", "sender_kind", "kind", "sector_id", "urgency")


class NoRule(LookupError):
    """No deadline rule in force fits; the sentence says which list to mend."""

    def __init__(self, step: str, on: date) -> None:
        super().__init__(step, on)
        self.step, self.on = step, on

    def __str__(self) -> str:
        label = Step(self.step).label if self.step in Step.values else self.step
        return gettext(
            'There is no deadline rule for "%(step)s" in force on %(date)s. '
            "Add one to the list of deadline rules, then try again."
        ) % {"step": label, "date": f"{self.on:%d/%m/%Y}"}


def current_calendar() -> Calendar:
    """The calendar of the Holiday rows as they are now, at one query.

    The rows (some two hundred) are read each time, so that every process and every transaction sees what
    it should; the calendar built from the same rows is kept. Ask once for a list, not once a row.
    """
    rows = Holiday.objects.order_by("date").values_list("date", "name", "kind", "status")
    return _calendar(tuple(rows))


def rules_for(*steps: str) -> list[DeadlineRule]:
    """All rules for these steps, of any time, for `rule_for(among=…)`. One query."""
    return list(DeadlineRule.objects.filter(step__in=steps))


def rule_for(
    *,
    step: str,
    kind: str,
    sender_kind: str,
    sector: Sector | int | None,
    urgency: str,
    on: date,
    procedure: str = "",
    among: Iterable[DeadlineRule] | None = None,
) -> DeadlineRule:
    """The most specific rule in force on the day `on` (that of registration, so that old cases keep theirs).

    A blank criterion of a rule fits everything. Of the fitting rules the one that names the most criteria
    wins; then the one naming the stronger criteria (`CRITERIA`); then the latest `valid_from`; then the
    newest row. One query; none with `among`, all rules read once for many cases. Raises NoRule.
    """
    asked = {
        "procedure": procedure,
        "sender_kind": sender_kind,
        "kind": kind,
        "sector_id": sector.pk if isinstance(sector, Sector) else sector,
        "urgency": urgency,
    }
    rows = DeadlineRule.objects.filter(step=step) if among is None else among
    fitting = [rule for rule in rows if rule.step == step and _is_in_force(rule, on) and _fits(rule, asked)]
    if not fitting:
        raise NoRule(step, on)
    return max(fitting, key=_rank)


def term_of(rule: DeadlineRule) -> Term:
    """The rule's amount and unit as the clock takes them."""
    return Term(rule.amount, "wd" if rule.unit == "wd" else "cd")


def _is_in_force(rule: DeadlineRule, on: date) -> bool:
    return rule.valid_from <= on and (rule.valid_until is None or on <= rule.valid_until)


def _fits(rule: DeadlineRule, asked: Mapping[str, object]) -> bool:
    return all(_blank(rule, name) or getattr(rule, name) == asked[name] for name in CRITERIA)


def _rank(rule: DeadlineRule) -> tuple[int, tuple[bool, ...], date, int]:
    named = tuple(not _blank(rule, name) for name in CRITERIA)
    return sum(named), named, rule.valid_from, rule.pk


def _blank(rule: DeadlineRule, name: str) -> bool:
    return getattr(rule, name) in ("", None)


@lru_cache(maxsize=4)
def _calendar(rows: tuple[tuple[date, str, str, str], ...]) -> Calendar:
    return calendar_from_rows(rows)
