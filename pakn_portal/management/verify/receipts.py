from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, Q

from pakn_portal.cases.enums import Verb
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.management.verify.progress import Progress
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.rules import RECEIPT
from pakn_portal.submissions.models import Submission


def accepted(progress: Progress) -> Iterator[str]:
    """A “thank you” page means: all of it is stored."""
    for pk in Submission.objects.filter(case=None).values_list("pk", flat=True).iterator():
        yield f"submission {pk} has no case"
    first = CaseEvent.objects.filter(case=OuterRef("pk"), sequence=1, verb=Verb.SUBMIT)
    for number in _numbers(~Q(Exists(first))):
        yield f"{number} has no first line in its register"
    receipt = OutgoingMail.objects.filter(case=OuterRef("pk"), template=RECEIPT)
    has_address = Case.objects.exclude(submission__sender__email="")
    for number in has_address.filter(~Exists(receipt)).values_list("number", flat=True).iterator():
        yield f"{number} has no receipt mail"


def once(progress: Progress) -> Iterator[str]:
    twins = Submission.objects.exclude(form_key_hash=None).values("form_key_hash").annotate(times=Count("pk"))
    for row in twins.filter(times__gt=1).iterator():
        yield f"one form made {row['times']} submissions"


def _numbers(condition: Q) -> Iterator[str]:
    yield from Case.objects.filter(condition).values_list("number", flat=True).iterator()
