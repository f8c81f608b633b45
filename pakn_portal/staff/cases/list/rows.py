"""A case as a row of the list: the calendar is asked once for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Q, prefetch_related_objects
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from pakn_portal import clock
from pakn_portal.answers.enums import PublicTextState
from pakn_portal.answers.own_days import own_days
from pakn_portal.cases.due_dates import paused_on
from pakn_portal.cases.enums import SEALED, WAITING, Status, Verb
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.deadlines.rules import current_calendar
from pakn_portal.deadlines.time_left import TimeLeft, time_left
from pakn_portal.pages.answers.page import AnswerPage
from pakn_portal.people.accounts import is_open
from pakn_portal.people.names import officer_name, short_person
from pakn_portal.people.scope import NOBODY, Scope
from pakn_portal.staff.addresses import case_url
from pakn_portal.staff.cases.tones import tone_of
from pakn_portal.staff.cases.waiting.holders import held_by
from pakn_portal.staff.cases.waiting.own_left import OwnLeft, own_left

#: An answer's page that was on the site and is to be corrected before it comes back.
TAKEN_OFF: Final = Q(live=False, unpublished_on__isnull=False, public_text__state=PublicTextState.UNPUBLISHED)
#: Statuses whose words are too long for a column; the whole ones stand in a tooltip and are read out.
_SHORT: Final[dict[str, Any]] = {
    Status.NEED_INFO: pgettext_lazy("short case status", "Asked the sender"),
    Status.COORDINATING: pgettext_lazy("short case status", "Opinion asked"),
    Status.OUT_OF_SCOPE: pgettext_lazy("short case status", "Guided"),
    Status.FORWARDED: pgettext_lazy("short case status", "Referred"),
    Status.COMPLAINT: pgettext_lazy("short case status", "Complaint"),
    Status.DENUNCIATION: pgettext_lazy("short case status", "Denunciation"),
    Status.NOTED: pgettext_lazy("short case status", "Kept"),
    Status.SECRET_HOLD: pgettext_lazy("short case status", "Locked"),
    Status.ON_PAPER: pgettext_lazy("short case status", "On paper only"),
}


@dataclass(frozen=True)
class Row:
    case: Case
    left: TimeLeft
    url: str
    #: The day that the row tells how far it is.
    due_on: date | None
    #: What is to be done by then, where it is no answer to the sender.
    due_for: str = ""
    #: What there is to say beside; most rows have nothing.
    remarks: tuple[str, ...] = ()
    #: A day of the reader's own before the due date.
    own: OwnLeft | None = None

    @property
    def tone(self) -> str:
        return tone_of(self.case)

    @property
    def short_status(self) -> str:
        return str(_SHORT.get(self.case.status) or self.case.get_status_display())

    @property
    def title(self) -> str:
        return _("Kept on paper only") if self.case.status == Status.ON_PAPER else self.case.submission.title

    @property
    def due_words(self) -> str:
        """The day and how far it is, whole; the row shows a few words of it."""
        told = f"{self.due_on:%d/%m/%Y}, {self.left.phrase}" if self.due_on else self.left.phrase
        return f"{self.due_for}: {told}" if self.due_for else told

    @property
    def officer(self) -> str:
        return officer_name(self.case.officer)

    @property
    def holder(self) -> str:
        """The officer and the unit, or as much of it as there is."""
        return held_by(self.case)

    @property
    def short_holder(self) -> str:
        """The same with less of the name; an account that is closed is still said to be."""
        officer = self.case.officer
        return held_by(self.case, short_person(officer) if officer and is_open(officer) else self.officer)


def rows_of(
    cases: Iterable[Case],
    *,
    back: str = "",
    calendar: Any = None,
    days: Mapping[int, date] | None = None,
    scope: Scope = NOBODY,
) -> list[Row]:
    """Four queries, one for those that are paused and four for days of the reader's own, none for a row;
    `cases` come from `with_names()`. `days`: by the key of a case, where another day than its due date is
    told. `scope`: of whom own days are shown.
    """
    calendar = calendar or current_calendar()
    today = clock.today()
    cases = list(cases)
    remarks = _remarks(cases)
    due = {case.pk: (days or {}).get(case.pk, case.next_due_on) for case in cases}
    prefetch_related_objects([case for case in cases if _may_stand(case)], "pauses")
    own = {pk: own_left(day, calendar) for pk, day in own_days(cases, scope, calendar).items()}
    return [
        Row(
            case,
            time_left(
                due[case.pk],
                today,
                calendar,
                paused_on=paused_on(case) if due[case.pk] is None and _may_stand(case) else None,
            ),
            case_url(case.pk, back),
            due[case.pk],
            _due_for(case) if case.pk in (days or {}) else "",
            tuple(remarks[case.pk]),
            own.get(case.pk),
        )
        for case in cases
    ]


def _may_stand(case: Case) -> bool:
    """Without a due date because it waits, as far as its row tells."""
    return case.status in WAITING and case.due_on is None


def _due_for(case: Case) -> str:
    """Of a case that waits for a publisher."""
    is_on_site = case.status == Status.PUBLISHED
    return capfirst(_("correction to release") if is_on_site else _("waiting for publication"))


def _remarks(cases: list[Case]) -> dict[int, list[str]]:
    """Why a case was sent back, since when and why its answer is off the site, and how many are joined to it.
    Three queries for all of them.
    """
    today = clock.today()
    off = AnswerPage.objects.filter(TAKEN_OFF, public_text__case__in=cases)
    taken_off = {
        pk: (on, reason)
        for pk, on, reason in off.values_list("public_text__case_id", "unpublished_on", "unpublished_reason")
    }
    said: dict[int, list[str]] = {case.pk: [] for case in cases}
    back = CaseEvent.objects.filter(case__in=cases, verb=Verb.SEND_BACK).order_by("sequence")
    reasons = dict(back.values_list("case_id", "note"))
    joined = Case.objects.filter(master__in=cases).exclude(status__in=SEALED).order_by()
    counts = dict(joined.values_list("master_id").annotate(Count("pk")))
    for case in cases:
        if case.status == Status.RETURNED and (reason := reasons.get(case.pk)):
            said[case.pk].append(_("sent back: %(reason)s") % {"reason": reason})
        if case.pk in taken_off and case.status == Status.ANSWERED:
            on, reason = taken_off[case.pk]
            age = (today - on).days
            told = ngettext(
                "taken off the site %(count)s day ago: %(reason)s",
                "taken off the site %(count)s days ago: %(reason)s",
                age,
            )
            said[case.pk].append(told % {"count": age, "reason": reason or _("no reason was given")})
        if number := counts.get(case.pk):
            said[case.pk].append(
                ngettext("%(count)s case of the same content", "%(count)s cases of the same content", number)
                % {"count": number}
            )
    return said
