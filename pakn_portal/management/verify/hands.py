from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, OuterRef, Subquery

from pakn_portal.answers.four_eyes import TELLING, Hands
from pakn_portal.cases.enums import Verb
from pakn_portal.cases.models import CaseEvent
from pakn_portal.management.verify.progress import Progress, counted

_RELEASES = (Verb.PUBLISH, Verb.CORRECT)


def kept_apart(progress: Progress) -> Iterator[str]:
    """Of answers, of what was released, and of state secrets that were confirmed."""
    yield from _answers_kept_apart(progress)
    yield from _secrets_kept_apart()


def _answers_kept_apart(progress: Progress) -> Iterator[str]:
    """No approver had saved the draft before the approval, and nobody who released a text had worked on it,
    be it as its officer or as the head who corrected it at the approval; read along each register.

    Any publisher may release again a wording that was released before, as at the gate.
    """
    lines = CaseEvent.objects.filter(verb__in=TELLING).order_by("case_id", "sequence")
    columns = lines.values_list("case__number", "sequence", "verb", "by_id", "data")
    case, hands, released = "", Hands(), ""
    for number, sequence, verb, by, data in counted(
        columns.iterator(chunk_size=2000), lines.count(), progress
    ):
        if number != case:
            case, hands, released = number, Hands(), ""
        wording = data.get("hash", "")
        if verb == Verb.APPROVE_ANSWER and by in hands.writers:
            yield f"{number}: line {sequence}, who approved the answer had written it"
        if verb in _RELEASES and wording != released and by in hands.all:
            yield f"{number}: line {sequence}, who released the text had a hand in it"
        if verb in _RELEASES:
            released = wording
        hands.follow(verb, by, is_corrected=data.get("corrected_from") is not None)


def _secrets_kept_apart() -> Iterator[str]:
    """Nobody confirmed a state secret in a case that they had locked."""
    locks = CaseEvent.objects.filter(
        case=OuterRef("case"), verb=Verb.HOLD, sequence__lt=OuterRef("sequence")
    ).order_by("-sequence")
    confirmed = CaseEvent.objects.filter(verb=Verb.CONFIRM_SECRET)
    alone = confirmed.annotate(locked_by=Subquery(locks.values("by_id")[:1])).filter(by_id=F("locked_by"))
    for number, sequence in alone.values_list("case__number", "sequence").order_by("case_id").iterator():
        yield f"{number}: line {sequence}, who confirmed the secret had locked the case"
