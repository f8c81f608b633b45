"""Limits that the law sets to one step of the work, beside the due date of the whole case.

Referral to another agency within five working days of receipt (Decree 20/2008/NĐ-CP, art. 9), publication
within five working days of the answer (Law 104/2016/QH13, art. 18), whoever owes the next act towards it, and
correction within five working days of the day on which what is wrong was found (art. 32), and what the
ministry sets itself: forwarding to a unit, sending back what is not the unit's, its draft, telling on paper a
refusal, or an answer, that no e-mail told. The days are rows of the deadline rules. As the term of the reply,
they stand while the sender was asked for more. Nothing is refused once a limit is over; who can still act is
told, on the screen and by mail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, Subquery, prefetch_related_objects
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from pakn_portal import clock
from pakn_portal.answers.figures import waiting_for_correction, waiting_for_publisher
from pakn_portal.answers.models import OutgoingLetter, public_text_of
from pakn_portal.cases.due_dates import pauses_of, rule_of
from pakn_portal.cases.enums import AT_INTAKE, DELIVERED, IN_UNIT, TOLD_BY_HAND, Status, Verb
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.cases.notices import Way
from pakn_portal.cases.querysets import CaseQuerySet
from pakn_portal.deadlines.calendar import Calendar, UnknownYear
from pakn_portal.deadlines.count import Deadline, compute_deadline
from pakn_portal.deadlines.due import is_overdue
from pakn_portal.deadlines.explain import explain
from pakn_portal.deadlines.rules import NoRule, current_calendar, rules_for, term_of
from pakn_portal.snippets.enums import LetterKind, Step
from pakn_portal.snippets.models import DeadlineRule

#: An answer that nobody put forward for so long after its approval is no longer asked for by mail: nothing in
#: the software says that an answer is not for the public.
ASKED_FOR: Final = timedelta(days=60)


@dataclass(frozen=True)
class StepLimit:
    """`verbs` keep the limit. `runs_in` and `runs_for` say the same, of one case and of many as of a day: the
    step may still be owed.
    """

    step: Step
    verbs: tuple[Verb, ...]
    runs_in: Callable[[Case], bool]
    runs_for: Callable[[date], Q]
    starts_on: Callable[[Case], date | None]
    #: Where it is not the whole step that is still owed.
    owes: Any = ""
    #: Counted from the last line of one of these; none where it begins with no line.
    begins: tuple[Verb, ...] = ()
    #: Of a way that a case may go and mostly does not: by when it had to be gone, if it is gone at all. That
    #: its days are over is nobody's fault.
    is_of_one_way: bool = False

    @property
    def label(self) -> str:
        return str(self.owes or self.step.label)


def with_publication(cases: CaseQuerySet) -> CaseQuerySet:
    """With `turned_by`, the last verb that made a release owed or took one back, and `asked_anew_at`: when
    the text was first sent to the publisher after it.
    """
    turns = Q(verb__in=[Verb.APPROVE_ANSWER, Verb.UNPUBLISH]) | Q(
        verb=Verb.HOLD, from_status=Status.PUBLISHED
    )
    turn = CaseEvent.objects.filter(turns, case=OuterRef("pk")).order_by("-sequence")
    asked = CaseEvent.objects.filter(
        case=OuterRef("pk"), verb=Verb.REQUEST_PUBLICATION, sequence__gt=OuterRef("turned_in")
    ).order_by("sequence")
    found: CaseQuerySet = cases.annotate(
        turned_by=Subquery(turn.values("verb")[:1]), turned_in=Subquery(turn.values("sequence")[:1])
    ).annotate(asked_anew_at=Subquery(asked.values("at")[:1]))
    return found


def _is_with_publisher(case: Case) -> bool:
    text = public_text_of(case)
    return text is not None and text.is_with_publisher


def _publication_starts_on(case: Any) -> date | None:
    """The day of approval: what the answer says was made then. What was taken off the site and is to come
    back starts when it is sent to the publisher again; until then nobody owes it.

    A query, for what was released before; none where the case was read `with_publication`.
    """
    approved_on: date | None = case.closed_on
    if not hasattr(case, "turned_by"):
        text = public_text_of(case)
        if text is None or not text.released_hash:
            return approved_on
        case = with_publication(Case.objects.all()).get(pk=case.pk)
    if case.turned_by in (None, Verb.APPROVE_ANSWER):
        return approved_on
    return clock.local_date(case.asked_anew_at) if case.asked_anew_at else None


def _is_to_correct(case: Case) -> bool:
    text = public_text_of(case)
    return case.status == Status.PUBLISHED and text is not None and text.is_to_correct


def with_correction(cases: CaseQuerySet) -> CaseQuerySet:
    """With `found_wrong_at`: when another text was first prepared after the last release. Nothing says
    earlier that somebody found the answer to be wrong.
    """
    released = CaseEvent.objects.filter(case=OuterRef("pk"), verb__in=[Verb.PUBLISH, Verb.CORRECT])
    prepared = CaseEvent.objects.filter(
        case=OuterRef("pk"), verb=Verb.PREPARE_PUBLIC_TEXT, sequence__gt=OuterRef("released_in")
    )
    found: CaseQuerySet = cases.annotate(
        released_in=Subquery(released.order_by("-sequence").values("sequence")[:1])
    ).annotate(found_wrong_at=Subquery(prepared.order_by("sequence").values("at")[:1]))
    return found


def _correction_starts_on(case: Any) -> date | None:
    """A query; none where the case was read `with_correction`."""
    if not hasattr(case, "found_wrong_at"):
        case = with_correction(Case.objects.all()).get(pk=case.pk)
    return clock.local_date(case.found_wrong_at) if case.found_wrong_at else None


_TO_FORWARD: Final = AT_INTAKE - {Status.SUBMITTED}
_LINES: Final = CaseEvent.objects.filter(case=OuterRef("pk"))
_OWED_ON_PAPER: Final = (
    Q(status=Status.REJECTED)
    & Q(Exists(_LINES.filter(verb=Verb.REFUSE, data__written_notice=Way.PAPER.value)))
    & ~Q(Exists(_LINES.filter(verb__in=TOLD_BY_HAND, data__told="refused")))
)


def _untold() -> CaseQuerySet:
    """The cases whose sender no e-mail told the answer, and nobody by letter yet: their own answer, or that
    of the case theirs was joined to.
    """
    return Case.objects.filter(
        mails__template__in=("answered", "answered_together"),
        mails__manual_notice__isnull=False,
        mails__manual_notice__given_at=None,
    )


def _is_untold(case: Case) -> bool:
    return (
        case.status in DELIVERED | {Status.DUPLICATE}
        and _untold().filter(pk=case.pk, status=case.status).exists()
    )


def with_untold(cases: CaseQuerySet) -> CaseQuerySet:
    """With `untold_since`: since when the sender waits to be told the answer."""
    since = _untold().filter(pk=OuterRef("pk")).order_by("mails__manual_notice__opened_at")
    found: CaseQuerySet = cases.annotate(
        untold_since=Subquery(since.values("mails__manual_notice__opened_at")[:1])
    )
    return found


def _untold_starts_on(case: Any) -> date | None:
    """A query; none where the case was read `with_untold`."""
    if not hasattr(case, "untold_since"):
        case = with_untold(Case.objects.all()).get(pk=case.pk)
    return clock.local_date(case.untold_since) if case.untold_since else None


_SENT_SLIPS: Final = (
    OutgoingLetter.objects.filter(case=OuterRef("pk"), kind=LetterKind.FORWARDING, dated_on__isnull=False)
).exclude(reference_number="")
_OWED_SLIP: Final = Q(status=Status.FORWARDED) & ~Q(Exists(_SENT_SLIPS))


def _last_day_of(case: Case, *verbs: Verb) -> date | None:
    """The day of the last line of one of these verbs. One query."""
    at = case.events.filter(verb__in=verbs).order_by("sequence").values_list("at", flat=True).last()
    return clock.local_date(at) if at is not None else None


def _draft_starts_on(case: Case) -> date | None:
    """Two queries."""
    if case.extensions.filter(term_number=case.term_number).exists():
        return None
    return _last_day_of(case, *DRAFT.begins)


REFERRAL: Final = StepLimit(
    step=Step.REFER,
    verbs=(Verb.REFER,),
    runs_in=lambda case: case.status in AT_INTAKE,
    runs_for=lambda today: Q(status__in=AT_INTAKE),
    starts_on=lambda case: case.term_started_on,
    is_of_one_way=True,
)
#: Of the same term: that it was referred is no proof that anything left; number and date of the slip are.
SLIP: Final = StepLimit(
    step=Step.REFER,
    verbs=(Verb.REFER,),
    runs_in=lambda case: (
        case.status == Status.FORWARDED and Case.objects.filter(_OWED_SLIP, pk=case.pk).exists()
    ),
    runs_for=lambda today: _OWED_SLIP & Q(closed_on__gte=today - ASKED_FOR),
    starts_on=lambda case: case.term_started_on,
    owes=_("number and date of the forwarding slip, to be kept with its letter"),
)
#: Of the same term: until the text is with the publisher, the unit owes it.
PUBLIC_TEXT: Final = StepLimit(
    step=Step.PUBLISH,
    verbs=(Verb.PREPARE_PUBLIC_TEXT, Verb.REQUEST_PUBLICATION),
    runs_in=lambda case: case.status == Status.ANSWERED and not _is_with_publisher(case),
    runs_for=lambda today: (
        Q(status=Status.ANSWERED, closed_on__gte=today - ASKED_FOR) & ~waiting_for_publisher()
    ),
    starts_on=_publication_starts_on,
)
PUBLICATION: Final = StepLimit(
    step=Step.PUBLISH,
    verbs=(Verb.PUBLISH,),
    runs_in=lambda case: case.status == Status.ANSWERED and _is_with_publisher(case),
    runs_for=lambda today: waiting_for_publisher(),
    starts_on=_publication_starts_on,
)
CORRECTION: Final = StepLimit(
    step=Step.CORRECT,
    verbs=(Verb.PREPARE_PUBLIC_TEXT, Verb.CORRECT),
    runs_in=_is_to_correct,
    runs_for=lambda today: waiting_for_correction(),
    starts_on=_correction_starts_on,
)
#: Within the ministry: from the day on which the case came to lie with the Ministry Office.
FORWARDING: Final[StepLimit] = StepLimit(
    step=Step.FORWARD,
    verbs=(Verb.FORWARD,),
    runs_in=lambda case: case.status in _TO_FORWARD,
    runs_for=lambda today: Q(status__in=_TO_FORWARD),
    starts_on=lambda case: _last_day_of(case, *FORWARDING.begins),
    begins=(Verb.RECEIVE, Verb.SEND_BACK, Verb.RECALL, Verb.REOPEN),
)
#: A unit that is not the right one says so before it works on the case.
SENDING_BACK: Final = StepLimit(
    step=Step.SEND_BACK,
    verbs=(Verb.SEND_BACK,),
    runs_in=lambda case: case.status == Status.ROUTED,
    runs_for=lambda today: Q(status=Status.ROUTED),
    starts_on=lambda case: _last_day_of(case, Verb.FORWARD),
    is_of_one_way=True,
)
#: The unit's share of the whole term; once that is extended, the new date alone counts.
DRAFT: Final[StepLimit] = StepLimit(
    step=Step.DRAFT,
    verbs=(Verb.DRAFT_ANSWER, Verb.SUBMIT_ANSWER),
    runs_in=lambda case: case.status in IN_UNIT,
    runs_for=lambda today: Q(status__in=IN_UNIT),
    starts_on=_draft_starts_on,
    begins=(Verb.FORWARD, Verb.REOPEN),
)
#: To a sender without e-mail, who has it on paper; by mail it leaves with the refusal.
REFUSAL_NOTICE: Final = StepLimit(
    step=Step.REFUSAL_NOTICE,
    verbs=(Verb.REFUSE,),
    runs_in=lambda case: (
        case.status == Status.REJECTED and Case.objects.filter(_OWED_ON_PAPER, pk=case.pk).exists()
    ),
    runs_for=lambda today: _OWED_ON_PAPER,
    starts_on=lambda case: case.closed_on,
)
#: As that of a refusal: what was approved is no answer yet to whoever no e-mail reaches.
ANSWER_NOTICE: Final = StepLimit(
    step=Step.ANSWER_NOTICE,
    verbs=(Verb.APPROVE_ANSWER,),
    runs_in=_is_untold,
    runs_for=lambda today: Q(pk__in=_untold().values("pk"), status__in=DELIVERED | {Status.DUPLICATE}),
    starts_on=_untold_starts_on,
)
LIMITS: Final = (
    REFERRAL, SLIP, FORWARDING, SENDING_BACK, DRAFT, REFUSAL_NOTICE, ANSWER_NOTICE,
    PUBLIC_TEXT, PUBLICATION, CORRECTION,
)  # fmt: skip


@dataclass(frozen=True)
class Limited:
    """A limit as it runs for one case; without a `deadline` where the calendar lacks a year, see `lack`."""

    limit: StepLimit
    deadline: Deadline | None
    legal_basis: str
    lack: str = ""
    #: Why staff cannot lean on its rule yet.
    doubt: str = ""

    @property
    def due_on(self) -> date | None:
        return self.deadline.due_on if self.deadline else None

    @property
    def is_over(self) -> bool:
        return is_overdue(self.due_on, clock.today())

    @property
    def is_missed(self) -> bool:
        """Whether somebody owed it and did not do it."""
        return self.is_over and not self.limit.is_of_one_way

    @property
    def sentence(self) -> str:
        """How it was computed; or which rows are missing. Without its full stop."""
        how = explain(self.deadline) if self.deadline else self.lack.rstrip(".")
        return f"{capfirst(self.limit.label)}: {how}"


def limits_of(case: Case, calendar: Calendar | None = None) -> list[Limited]:
    """The limits that run for this case now. Two queries for rules and pauses, and those of each start."""
    running = [limit for limit in LIMITS if limit.runs_in(case)]
    if not running:
        return []
    rules = rules_for(*(limit.step for limit in running))
    prefetch_related_objects([case], "pauses")
    found = (limited(limit, case, calendar, rules) for limit in running)
    return [one for one in found if one is not None]


def limited(
    limit: StepLimit,
    case: Case,
    calendar: Calendar | None = None,
    rules: Iterable[DeadlineRule] | None = None,
) -> Limited | None:
    """None without a rule for it, or while it does not run. `calendar` and `rules` are read once for many."""
    starts_on = limit.starts_on(case)
    if starts_on is None:
        return None
    try:
        rule = rule_of(case, limit.step, rules)
    except NoRule:
        return None
    calendar = calendar or current_calendar()
    try:
        deadline = compute_deadline(term_of(rule), starts_on, pauses_of(case), calendar=calendar)
    except UnknownYear as error:
        return Limited(limit, None, rule.legal_basis, str(error), doubt=rule.doubt)
    return Limited(limit, deadline, rule.legal_basis, doubt=rule.doubt)


def all_over(limit: StepLimit, today: date) -> Iterator[tuple[Case, date]]:
    """The cases in which it is over, with its last day. Two queries, and two for every 500 cases."""
    rules, calendar = rules_for(limit.step), current_calendar()
    if not rules:
        return
    cases = Case.objects.filter(limit.runs_for(today)).select_related("lead_unit", "submission__sender")
    if limit.step == Step.PUBLISH:
        cases = with_publication(cases)
    if limit.step == Step.CORRECT:
        cases = with_correction(cases)
    if limit.step == Step.ANSWER_NOTICE:
        cases = with_untold(cases)
    for case in cases.prefetch_related("pauses").order_by("pk").iterator(chunk_size=500):
        found = limited(limit, case, calendar, rules)
        if found is not None and found.due_on is not None and is_overdue(found.due_on, today):
            yield case, found.due_on


#: What a publisher owes: the next due day of a case that waits for one; the case itself has none any more.
Sides = tuple[tuple[StepLimit, Callable[[CaseQuerySet], CaseQuerySet]], ...]
OF_PUBLISHER: Final[Sides] = ((PUBLICATION, with_publication), (CORRECTION, with_correction))


def publisher_days(keys: Iterable[int] | None = None) -> dict[int, date]:
    """By when those of these cases, or of all, that wait for a publisher are to be on the site, or corrected
    there. Six queries, however many; few cases ever wait so.
    """
    rules, calendar = (
        rules_for(Step.PUBLISH, Step.CORRECT),
        current_calendar(),
    )
    return _days_of(OF_PUBLISHER, keys, rules, calendar)


#: What whoever tells senders without e-mail owes.
ON_PAPER: Final[Sides] = ((REFUSAL_NOTICE, lambda cases: cases), (ANSWER_NOTICE, with_untold))


def paper_days(keys: Iterable[int]) -> dict[int, date]:
    """By when the senders of these cases are to be told on paper. Six queries, however many."""
    steps = [limit.step for limit, _with_start in ON_PAPER]
    rules = rules_for(*steps)
    return _days_of(ON_PAPER, keys, rules, current_calendar())


def _days_of(
    limits: Sides, keys: Iterable[int] | None, rules: list[DeadlineRule], calendar: Calendar
) -> dict[int, date]:
    days: dict[int, date] = {}
    chosen = None if keys is None else list(keys)
    for limit, with_start in limits:
        waiting = Case.objects.filter(limit.runs_for(clock.today()))
        waiting = waiting if chosen is None else waiting.filter(pk__in=chosen)
        cases = with_start(waiting).select_related("submission__sender").prefetch_related("pauses")
        found = ((case.pk, limited(limit, case, calendar, rules)) for case in cases)
        days.update({pk: one.due_on for pk, one in found if one is not None and one.due_on is not None})
    return days


def publisher_limit(limits: Iterable[Limited]) -> Limited | None:
    """Of the limits of one case the one that a publisher owes."""
    owed = [limit for limit, _with_start in OF_PUBLISHER]
    return next((one for one in limits if one.limit in owed), None)
