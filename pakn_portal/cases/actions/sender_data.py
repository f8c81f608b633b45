"""The right over one's own data: what a sender is known by is corrected or erased, a consent taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from pakn_portal.cases.enums import Verb
from pakn_portal.cases.events import SenderCorrected
from pakn_portal.cases.models import Case
from pakn_portal.cases.moves import moving
from pakn_portal.cases.texts import what_was_sent
from pakn_portal.flow.errors import NotAllowed
from pakn_portal.people.actor import Actor
from pakn_portal.register.texts import forget_salts
from pakn_portal.submissions.correcting import CORRECTABLE, ERASABLE, WAYS, correct
from pakn_portal.submissions.models import Submission


def correct_sender(
    case: Case, *, values: Mapping[str, str], takes_back_name: bool = False, by: Actor, note: str = ""
) -> None:
    """Write what the sender asked for into their own data (Law 91/2025/QH15: correct, erase, take back an
    agreement). `values`: by the names of `CORRECTABLE`; an empty one is erased. What stood there before is
    kept nowhere: the register tells which, when and by whom, proves the new words, and can prove the old
    ones no more. Event: correct_sender; the sender reads on their page that it was done.
    """
    with moving(case, Verb.CORRECT_SENDER, by=by, note=note) as move:
        subject: Case = move.subject
        submission = subject.submission
        before = what_was_sent(submission)
        if problem := problem_of_values(subject, values, takes_back_name=takes_back_name):
            raise NotAllowed(subject, Verb.CORRECT_SENDER, problem)
        correct(submission, values)
        if takes_back_name and submission.wants_name_published:
            submission.wants_name_published = False
            Submission.objects.filter(pk=submission.pk).update(wants_name_published=False)
        now = what_was_sent(submission)
        changed = [name for name, text in now.items() if text != before[name]]
        if not changed:
            raise NotAllowed(subject, Verb.CORRECT_SENDER, _("The ministry has it like this already."))
        # whoever kept an old digest and its salt could still try out which telephone number it was
        forget_salts(subject.events.order_by("sequence").values_list("hash", flat=True), changed)
        move.texts = {name: now[name] for name in changed}
        move.payload = SenderCorrected(
            changed=tuple(name.removeprefix("sender.") for name in changed),
            erased=tuple(name.removeprefix("sender.") for name in changed if not now[name]),
        )


def problem_of_values(case: Case, values: Mapping[str, str], *, takes_back_name: bool) -> str:
    """Why this cannot be done; empty where it can."""
    if unknown := set(values) - set(CORRECTABLE):
        raise ValueError(f"not a sender's own data: {sorted(unknown)}")
    if not values and not takes_back_name:
        return _("Write down what is to be corrected, or choose what is to be erased.")
    if any(not value.strip() for name, value in values.items() if name not in ERASABLE):
        return _("A name can be corrected, but not erased: the register says whose case it is.")
    sender = case.submission.sender
    if any((values.get(name, getattr(sender, name)) or "").strip() for name in WAYS):
        return ""
    return _waited_for(case)


def _waited_for(case: Case) -> str:
    """For what the sender must still be reached, and until when; empty for nothing."""
    if case.is_open or (case.lead is not None and case.lead.is_open):
        return _(
            "The sender still waits for an answer: leave at least one way to reach them. The rest can be "
            "erased once the case is closed."
        )
    mails: Any = case.mails
    if mails.still_to_tell().exists():
        return _(
            "The sender is still to be told something: leave at least one way to reach them. The rest can be "
            "erased once the mail has left or somebody has told them."
        )
    return ""
