"""Acts that the sender must be told in writing; refusal reasons and deadline rules say which."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from pakn_portal.cases.due_dates import rule_of
from pakn_portal.cases.enums import Verb
from pakn_portal.cases.models import Case
from pakn_portal.deadlines.rules import NoRule
from pakn_portal.snippets.enums import Step
from pakn_portal.snippets.models import RefusalReason

#: Reasons that are procedures of their own: the move that seals, locks, joins or guides, by the code of the
#: reason.
INSTEAD_OF_REFUSING: Final = {
    "complaint": Verb.MOVE_TO_COMPLAINT,
    "denunciation": Verb.MOVE_TO_DENUNCIATION,
    "state_secret": Verb.HOLD,
    "duplicate": Verb.MARK_DUPLICATE,
    "out_of_competence": Verb.GUIDE,
}
_REASON_BEHIND: Final = {verb: code for code, verb in INSTEAD_OF_REFUSING.items() if verb != Verb.HOLD}
#: The step whose rule says it of an act.
_STEPS: Final = {
    Verb.EXTEND_DEADLINE: Step.EXTENSION,
    Verb.REQUEST_SUPPLEMENT: Step.SUPPLEMENT,
    Verb.REFER: Step.REFER,
}


class Way(TextChoices):
    """How the notice reaches the sender; what the register tells is never renamed."""

    MAIL = "mail", _("by e-mail")
    PAPER = "paper", _("on paper")


def owed(case: Case, verb: Verb) -> Way | None:
    """How the written notice of this act goes out, None where nobody asks for one. Of a refusal once its
    reason is chosen. At most one query.
    """
    return way_to(case) if _is_asked_for(case, verb) else None


def way_to(case: Case) -> Way:
    """To somebody without an e-mail address only paper is written."""
    return Way.MAIL if case.submission.sender.email else Way.PAPER


def _is_asked_for(case: Case, verb: Verb) -> bool:
    if verb == Verb.REFUSE:
        return case.refusal_reason is not None and case.refusal_reason.needs_written_notice
    if verb in _REASON_BEHIND:
        return RefusalReason.objects.filter(code=_REASON_BEHIND[verb], needs_written_notice=True).exists()
    if verb not in _STEPS:
        return False
    try:
        return rule_of(case, _STEPS[verb]).needs_written_notice
    except NoRule:
        return False
