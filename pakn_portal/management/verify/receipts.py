from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.management.verify.progress import Progress
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.petition.rules import ANSWERED_TOGETHER, HANDED_OVER, RECEIPT, RULES, To
from pakn_portal.notifications.rule_sets import Rule
from pakn_portal.submissions.models import Submission


def accepted(progress: Progress) -> Iterator[str]:
    """The “thank you” page is true: everything was stored."""
    for pk in Submission.objects.filter(case=None).values_list("pk", flat=True).iterator():
        yield f"submission {pk} has no case"
    first = CaseEvent.objects.filter(case=OuterRef("pk"), sequence=1, verb=Verb.SUBMIT)
    for number in _numbers(~Q(Exists(first))):
        yield f"{number} has no first line in its register"
    receipt = OutgoingMail.objects.filter(case=OuterRef("pk"), template=RECEIPT)
    has_address = Case.objects.exclude(submission__sender__email="")
    for number in has_address.filter(~Exists(receipt)).values_list("number", flat=True).iterator():
        yield f"{number} has no receipt mail"
    for rule in RULES:
        # one hand-over owes a mail and another none: of before there was one, or of a corrected paper number
        if rule.to == To.SENDER and rule.template not in (RECEIPT, HANDED_OVER):
            yield from _untold(rule)
    yield from _untold_together()


def _untold(rule: Rule) -> Iterator[str]:
    """Cases whose sender has an address, but got fewer mails than the verb was carried out."""
    of_case = {"case": OuterRef("pk")}
    done = _lines_of(rule).filter(**of_case).order_by().values("case")
    mails = OutgoingMail.objects.filter(
        **of_case, template=rule.template, to_sender=OuterRef("submission__sender")
    )
    cases = Case.objects.exclude(submission__sender__email="").annotate(
        done=Coalesce(Subquery(done.annotate(times=Count("pk")).values("times")), 0),
        told=Coalesce(
            Subquery(mails.order_by().values("case").annotate(times=Count("pk")).values("times")), 0
        ),
    )
    for number in cases.filter(done__gt=F("told")).values_list("number", flat=True).iterator():
        yield f"{number} has no mail “{rule.template}”"


def _lines_of(rule: Rule) -> QuerySet[CaseEvent]:
    """Those that owe this mail. Who is joined to a case that is answered is sent its answer instead, and of a
    case that is locked nothing leaves.
    """
    lines = CaseEvent.objects.filter(verb=rule.verb)
    if rule.verb != Verb.MARK_DUPLICATE:
        return lines
    return lines.filter(data__answer__isnull=True).exclude(from_status=Status.SECRET_HOLD)


def _untold_together() -> Iterator[str]:
    """Answers of which fewer senders of joined cases were sent a mail than the lines of the approval and of
    joining tell. A mail of a case that was wiped says no more of which answer it was.
    """
    mails = OutgoingMail.objects.filter(template=ANSWERED_TOGETHER).values_list("context", flat=True)
    sent = Counter((context.get("master"), context.get("version")) for context in mails.iterator())
    owed: Counter[tuple[str, int]] = Counter()
    for number, data in _told_of(Verb.APPROVE_ANSWER, "joined"):
        owed[number, data["version"]] += data["joined"]
    for _number, data in _told_of(Verb.MARK_DUPLICATE, "answer"):
        owed[data["master"], data["answer"]] += 1
    for (number, version), times in owed.items():
        if sent[number, version] + sent[None, None] < times:
            yield f"{number} has too few mails “{ANSWERED_TOGETHER}” for the cases joined to it"


def _told_of(verb: str, key: str) -> Iterator[tuple[str, dict[str, Any]]]:
    lines = CaseEvent.objects.filter(verb=verb, data__has_key=key)
    yield from lines.values_list("case__number", "data").iterator()


def once(progress: Progress) -> Iterator[str]:
    twins = Submission.objects.exclude(form_key_hash=None).values("form_key_hash").annotate(times=Count("pk"))
    for row in twins.filter(times__gt=1).iterator():
        yield f"one form made {row['times']} submissions"


def _numbers(condition: Q) -> Iterator[str]:
    yield from Case.objects.filter(condition).values_list("number", flat=True).iterator()
