"""What keeps a public text from moving on: the guards of the rows in `cases/graph.py`.

They judge what is prepared in the case. What is about to stand on the site is judged by `gate.py`.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from pakn_portal.answers.enums import PublicTextState
from pakn_portal.answers.finds import open_finds
from pakn_portal.answers.models import public_text_of
from pakn_portal.cases.models import Case
from pakn_portal.pages.gate import four_eyes_problem
from pakn_portal.people.actor import Actor


def no_public_text(case: Case, by: Actor) -> str:
    """There is nothing yet to send to a publisher."""
    return _("Prepare the public text first.") if public_text_of(case) is None else ""


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
    """Changes are asked for while a publisher has the text."""
    text = public_text_of(case)
    if text is None or text.state != PublicTextState.REQUESTED:
        return _("No public text waits for a publisher.")
    return ""


def own_text(case: Case, by: Actor) -> str:
    """New words are released by somebody who had no hand in them; a text that was released before returns to
    the site by any publisher.
    """
    text = public_text_of(case)
    if text is None or (text.released_hash and text.state != PublicTextState.REQUESTED):
        return ""
    return four_eyes_problem(text, by)


def same_text(case: Case, by: Actor) -> str:
    """A correction brings other words."""
    text = public_text_of(case)
    if text is None or text.content_hash == text.released_hash:
        return _("The prepared text is the same as the one on the site.")
    return ""


def correction_problem(case: Case, by: Actor) -> str:
    """A correction is prepared and released as a new text is."""
    text = public_text_of(case)
    return open_places(case, by) or (four_eyes_problem(text, by) if text is not None else "")
