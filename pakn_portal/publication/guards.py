"""What keeps a person from releasing a text: a sentence, empty where nothing does."""

from __future__ import annotations

from django.utils.translation import gettext as _

from pakn_portal.answers.hands import hands_on
from pakn_portal.answers.models import Answer, PublicText
from pakn_portal.cases.enums import DELIVERED, Right, Verb
from pakn_portal.cases.errors import NotAllowed
from pakn_portal.cases.rights import rights_to
from pakn_portal.people.actor import Actor
from pakn_portal.people.scope import scope_of


def four_eyes_problem(text: PublicText, by: Actor) -> str:
    """Why this person may not release this text; empty when they may. Two queries.

    Everybody counts who saved the draft or the public text, not only who saved it last.
    """
    if by is None:
        return _("An answer is released by a person.")
    hands = hands_on(text.case)
    if by.pk in {*hands.preparers, text.prepared_by_id}:
        return _("You prepared or changed this public text; another publisher must release it.")
    answer = Answer.objects.filter(case_id=text.case_id).first()
    answered = {answer.written_by_id, answer.approved_by_id} if answer else set()
    if by.pk in {*hands.writers, hands.approver, *answered}:
        return _("You wrote, changed or approved this answer; somebody else must release it.")
    return ""


def case_problem(text: PublicText) -> str:
    """Only an answered case, and only words prepared from the answer as it now stands (I8)."""
    if text.case.status not in DELIVERED:
        return _("Case %(number)s is now “%(status)s”. Only an answered case can be published.") % {
            "number": text.case.number,
            "status": text.case.get_status_display(),
        }
    approved_at = Answer.objects.filter(case_id=text.case_id).values_list("approved_at", flat=True).first()
    if approved_at is not None and text.prepared_at < approved_at:
        return _("The answer has changed since the public text was prepared. Prepare it again.")
    return ""


def right_problem(text: PublicText, by: Actor) -> str:
    """Only a publisher changes what the site shows of a case, also what stands beside the text."""
    if by is None:
        return _("An answer is released by a person.")
    if Right.PUBLISHER not in rights_to(scope_of(by), text.case):
        return str(NotAllowed(text.case, Verb.PUBLISH))
    return ""
