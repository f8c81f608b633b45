"""What keeps an answer from moving on: the guards of the rows in `cases/petition_graph.py`."""

from __future__ import annotations

from django.utils.translation import gettext as _

from pakn_portal.answers.four_eyes import hands_on
from pakn_portal.answers.models import answer_of
from pakn_portal.answers.texts import Words
from pakn_portal.cases.models import Case
from pakn_portal.people.actor import Actor


def no_draft(case: Case, by: Actor) -> str:
    """Something must be written before it is handed in."""
    answer = answer_of(case)
    if answer is None or not answer.body.strip():
        return _("There is no draft yet. Write and save it first.")
    return ""


def no_outcome(case: Case, by: Actor) -> str:
    """What came of the petition is a person's to say, and said before the head reads the answer."""
    answer = answer_of(case)
    if answer is not None and not answer.outcome:
        return _("The draft does not say the outcome yet. Choose it and save.")
    return ""


def lacking(words: Words) -> dict[str, str]:
    """What keeps these words from being approved: a sentence for each field of them."""
    found = {}
    if not words.body.strip():
        found["body"] = _("An answer without words cannot be approved.")
    if not words.outcome:
        found["outcome"] = _("Choose the outcome.")
    return found


def written_by_approver(case: Case, by: Actor) -> str:
    """Everybody who saved the draft counts, not only who saved it last; nor does the system approve."""
    answer = answer_of(case)
    if by is None or answer is None:
        return _("An answer is approved by a person.")
    if by.pk in hands_on(case).writers | {answer.written_by_id}:
        return _("You wrote or changed this answer, so somebody else must approve it.")
    return ""
