"""What a row of a reference list must keep to, beyond the type of each field. Each raises ValidationError."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pakn_portal.snippets.enums import HolidayKind, Step
from pakn_portal.text import fold, normalize

_SATURDAY = 5
#: Steps in which something is done to the sender.
WRITTEN_STEPS = (Step.REFER, Step.EXTENSION, Step.SUPPLEMENT)
#: What a deadline rule is about. Two rules about the same may not hold on the same day.
RULE_CRITERIA = ("step", "kind", "sender_kind", "sector", "urgency", "procedure")


class WithParent(Protocol):
    """A row of a tree: a unit."""

    pk: Any

    @property
    def parent(self) -> Any: ...


class WithCases(Protocol):
    """A row that cases lie with while it is active: a unit."""

    pk: Any
    is_active: bool


class WithPeriod(Protocol):
    """A row that holds from one day to another: a deadline rule."""

    pk: Any
    valid_from: date
    valid_until: date | None


class OfStep(Protocol):
    """A row about one step of the work: a deadline rule."""

    step: str
    procedure: str
    needs_written_notice: bool


class DayRow(Protocol):
    """A row about one day: a holiday."""

    date: date
    kind: str


class Expanding(Protocol):
    """A row whose words stand for others: a synonym."""

    term: str
    expansions: str


def check_parent(unit: WithParent) -> None:
    """A unit lies neither beneath itself nor beneath a unit that lies beneath it."""
    above, seen = unit.parent, set()
    while above is not None and above.pk not in seen:
        if above.pk == unit.pk:
            raise ValidationError(
                {"parent": _("A unit cannot lie beneath itself. Choose another parent unit.")}
            )
        seen.add(above.pk)
        above = above.parent


def check_closing(unit: WithCases) -> None:
    """Nobody could go on with a case that lies with a closed unit; one closed already may be saved."""
    model: Any = type(unit)
    if unit.is_active or not model._default_manager.filter(pk=unit.pk, is_active=True).exists():
        return
    # by name: cases lie further down
    count = import_string("pakn_portal.cases.units.count_waiting")(unit)
    if count:
        told = ngettext(
            "%(count)s open case lies with this unit or waits for its opinion, so the unit cannot be closed. "
            "Have it given to another unit first: filter the list of cases by this unit.",
            "%(count)s open cases lie with this unit or wait for its opinion, so the unit cannot be closed. "
            "Have them given to another unit first: filter the list of cases by this unit.",
            count,
        )
        raise ValidationError({"is_active": told % {"count": count}})


def check_weekday(holiday: DayRow) -> None:
    """Only a weekend day can be worked in exchange; the others are worked anyway."""
    if holiday.kind == HolidayKind.WORKING_DAY and holiday.date and holiday.date.weekday() < _SATURDAY:
        raise ValidationError(
            {"date": _("An extra working day is a Saturday or Sunday; the other days are worked anyway.")}
        )


def check_period(rule: WithPeriod) -> None:
    if rule.valid_from and rule.valid_until and rule.valid_until < rule.valid_from:
        raise ValidationError({"valid_until": _("The last day lies before the first.")})


def check_overlap(rule: WithPeriod) -> None:
    """On each day at most one rule is about the same; otherwise nobody could tell why a term was taken."""
    if not rule.valid_from:
        return
    same = {name: getattr(rule, name) for name in RULE_CRITERIA}
    meets = Q(valid_until=None) | Q(valid_until__gte=rule.valid_from)
    if rule.valid_until:
        meets &= Q(valid_from__lte=rule.valid_until)
    model: Any = type(rule)
    others = model._default_manager.filter(meets, **same).exclude(pk=rule.pk)
    other = others.order_by("valid_from").first()
    if other is not None:
        raise ValidationError({"valid_from": _overlap_sentence(rule, other)})


def _overlap_sentence(rule: WithPeriod, other: WithPeriod) -> str:
    names = {"rule": other, "first": f"{other.valid_from:%d/%m/%Y}"}
    if other.valid_from >= rule.valid_from:
        return (
            _(
                "“%(rule)s” is about the same and holds from %(first)s. "
                "End this rule before that day, or change that one."
            )
            % names
        )
    names["end"] = f"{rule.valid_from - timedelta(days=1):%d/%m/%Y}"
    return (
        _(
            "“%(rule)s” is about the same and still holds on this day. "
            "First set its last day to %(end)s or earlier."
        )
        % names
    )


def check_notice(rule: OfStep) -> None:
    """Only of what is done to the sender at that moment."""
    if rule.needs_written_notice and rule.step not in WRITTEN_STEPS:
        raise ValidationError(
            {"needs_written_notice": _("Nothing of this step is told to the sender, so there is no notice.")}
        )


def check_procedure(rule: OfStep) -> None:
    """Only what is handed over goes by a law of its own; elsewhere such a rule would fit no case."""
    if rule.procedure and rule.step != Step.HAND_OVER:
        raise ValidationError(
            {"procedure": _("Only the step that hands over has terms for complaints and denunciations.")}
        )


def check_expansions(synonym: Expanding) -> None:
    """Something other than the term itself, each line once; both are kept in normal form."""
    synonym.term = " ".join(normalize(synonym.term).lower().split())
    lines = [" ".join(normalize(line).lower().split()) for line in synonym.expansions.splitlines()]
    synonym.expansions = "\n".join(dict.fromkeys(line for line in lines if line))
    if not synonym.expansions:
        raise ValidationError({"expansions": _("Write at least one expansion.")})
    if fold(synonym.term) in {fold(line) for line in lines}:
        raise ValidationError({"expansions": _("The term cannot stand for itself.")})
