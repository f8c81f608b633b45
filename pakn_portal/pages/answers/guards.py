"""What keeps a public text from moving on: a sentence, empty where nothing does.

The first are guards of rows in `cases/petition_graph.py`, and judge what is prepared in the case; the last
judge what is about to stand on the site, for `sources.py`. Where the gate let a page through, it has asked
what they would.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from pakn_portal.answers.finds import open_finds
from pakn_portal.answers.four_eyes import hands_on
from pakn_portal.answers.models import PublicText, answer_of, public_text_of
from pakn_portal.cases.enums import DELIVERED, Right, Verb
from pakn_portal.cases.models import Case
from pakn_portal.cases.rights import rights_to
from pakn_portal.flow.errors import NotAllowed
from pakn_portal.people.actor import Actor
from pakn_portal.people.scope import scope_of
from pakn_portal.publication import gate


def nothing_to_send(case: Case, by: Actor) -> str:
    """No text is prepared, or a publisher has it already."""
    text = public_text_of(case)
    if text is None:
        return _("Prepare the public text first.")
    return _("The public text is with the publisher already.") if text.is_with_publisher else ""


def open_places(case: Case, by: Actor) -> str:
    """Each find of personal data is masked or confirmed before the text goes to a publisher."""
    text = public_text_of(case)
    return waiting_places(len(open_finds(text))) if text is not None else ""


def waiting_places(count: int) -> str:
    """So many finds are neither masked nor confirmed; empty for none."""
    if not count:
        return ""
    return _("%(count)d places may hold personal data. Mask or confirm each of them.") % {"count": count}


def not_with_publisher(case: Case, by: Actor) -> str:
    """A text is released or returned while a publisher has it; one that left the site is sent again."""
    if gate.is_through(case):
        return ""
    text = public_text_of(case)
    if text is None or not text.is_with_publisher:
        return _("No public text waits for a publisher.")
    return ""


def own_text(case: Case, by: Actor) -> str:
    """New words are released by somebody who had no hand in them; what was released before returns to the
    site by any publisher.
    """
    if gate.is_through(case):
        return ""
    text = public_text_of(case)
    if text is None or text.content_hash == text.released_hash:
        return ""
    return four_eyes_problem(text, by)


def same_text(case: Case, by: Actor) -> str:
    """A correction brings other words."""
    return "" if gate.is_through(case) else nothing_new(public_text_of(case))


def nothing_new(text: PublicText | None) -> str:
    """The prepared text is what the site has."""
    if text is None or text.content_hash == text.released_hash:
        return _("The prepared text is the same as the one on the site.")
    return ""


def correction_problem(case: Case, by: Actor) -> str:
    """A correction is prepared and released as a new text is."""
    text = None if gate.is_through(case) else public_text_of(case)
    return new_words_problem(text, by) if text is not None else ""


def new_words_problem(text: PublicText, by: Actor) -> str:
    """Each find is decided on, and somebody who had no hand in the words releases them."""
    return waiting_places(len(open_finds(text))) or four_eyes_problem(text, by)


def four_eyes_problem(text: PublicText, by: Actor) -> str:
    """Why this person may not release this text; empty when they may. At most two queries.

    Everybody counts who saved the draft or the public text, not only who saved it last.
    """
    if by is None:
        return no_person()
    hands = hands_on(text.case)
    if by.pk in {*hands.preparers, text.prepared_by_id}:
        return _("You prepared or changed this public text; another publisher must release it.")
    answer = answer_of(text.case)
    answered = {answer.written_by_id, answer.approved_by_id} if answer else set()
    if by.pk in {*hands.writers, hands.approver, *answered}:
        return _("You wrote, changed or approved this answer; somebody else must release it.")
    return ""


def no_person() -> str:
    return _("An answer is released by a person.")


def case_problem(text: PublicText) -> str:
    """Only an answered case, and only words prepared from the answer as it now stands (I8)."""
    if text.case.status not in DELIVERED:
        return _("Case %(number)s is now “%(status)s”. Only an answered case can be published.") % {
            "number": text.case.number,
            "status": text.case.get_status_display(),
        }
    answer = answer_of(text.case)
    if answer is not None and answer.approved_at is not None and text.prepared_at < answer.approved_at:
        return _("The answer has changed since the public text was prepared. Prepare it again.")
    return ""


def is_publisher(by: Actor, case: Case) -> bool:
    """Whether this person may publish this case; the system never does."""
    return Right.PUBLISHER in rights_to(scope_of(by), case)


def publisher_problem(case: Case, verb: Verb, by: Actor) -> str:
    """Only a publisher changes what the site shows of a case, also what stands beside the text."""
    if by is not None and not is_publisher(by, case):
        return str(NotAllowed(case, verb))
    return ""
