from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, OuterRef, Subquery

from pakn_portal.answers.four_eyes import TELLING, Hands
from pakn_portal.cases.enums import Verb
from pakn_portal.cases.models import CaseEvent
from pakn_portal.management.verify.progress import Progress, counted
from pakn_portal.register.texts import WORDING, digest

_RELEASES = (Verb.PUBLISH, Verb.CORRECT)


@dataclass(frozen=True, slots=True)
class _Released:
    """The wording that a line released, as far as it tells: lines of before by `plain`, a hash without a
    salt, later ones by a digest of that hash. The salt is empty once the words were wiped.
    """

    plain: str
    digest: str
    salt: str

    def is_same_as(self, before: _Released) -> bool:
        """Lines with a digest have one salt. Of one line of each kind nobody can tell once it is gone."""
        if self.digest and before.plain:
            return not self.salt or digest(before.plain, self.salt) == self.digest
        return (self.plain, self.digest) == (before.plain, before.digest)


_NOTHING = _Released("", "", "")


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
    names = ("case__number", "sequence", "verb", "by_id", "data", "texts", "salts")
    columns = lines.with_salts().values_list(*names)
    case, hands, released = "", Hands(), _NOTHING
    for number, sequence, verb, by, data, texts, salts in counted(
        columns.iterator(chunk_size=2000), lines.count(), progress
    ):
        if number != case:
            case, hands, released = number, Hands(), _NOTHING
        wording = _Released(data.get("hash", ""), texts.get(WORDING, ""), (salts or {}).get(WORDING, ""))
        if verb == Verb.APPROVE_ANSWER and by in hands.writers:
            yield f"{number}: line {sequence}, who approved the answer had written it"
        if verb in _RELEASES and by in hands.all and not wording.is_same_as(released):
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
