"""What keeps an answer from moving on: the guards of the rows in `cases/petition_graph.py`."""

from __future__ import annotations

import re
from typing import Final

from django.utils.translation import gettext as _

from pakn_portal.answers.four_eyes import hands_on
from pakn_portal.answers.models import answer_of
from pakn_portal.answers.texts import Words, paragraph_at, words_in
from pakn_portal.answers.told.together import draft_names_somebody
from pakn_portal.cases.models import Case
from pakn_portal.people.actor import Actor

#: What a template leaves for its writer to fill in.
_GAP: Final = re.compile(r"\[\s*(?:…|\.{3,})\s*\]")


def lacking(words: Words) -> dict[str, str]:
    """What must be there before the head reads these words and approves them: a sentence for each field of
    them. What came of the petition is a person's to say.
    """
    found = {}
    if not words.body.strip():
        found["body"] = _no_words()
    elif gaps := dict.fromkeys(paragraph_at(words.body, gap.start()) for gap in _GAP.finditer(words.body)):
        found["body"] = _(
            "“[…]” still stands in paragraph %(numbers)s: write there what belongs there, or take it out."
        ) % {"numbers": ", ".join(map(str, gaps))}
    if not words.outcome:
        found["outcome"] = _("The draft does not say the outcome yet. Choose it and save.")
    return found


def no_draft(case: Case, by: Actor) -> str:
    answer = answer_of(case)
    return "" if answer is not None and answer.body.strip() else _no_words()


def not_for_the_head(case: Case, by: Actor) -> str:
    return _lack(case, "body") or _lack(case, "outcome") or draft_names_somebody(case)


def _no_words() -> str:
    return _("The answer has no words yet. Write them first.")


def _lack(case: Case, field: str) -> str:
    answer = answer_of(case)
    return lacking(Words("", "", "") if answer is None else words_in(answer)).get(field, "")


def written_by_approver(case: Case, by: Actor) -> str:
    """Everybody who saved the draft counts, not only who saved it last; nor does the system approve."""
    answer = answer_of(case)
    if by is None or answer is None:
        return _("An answer is approved by a person.")
    if by.pk in hands_on(case).writers | {answer.written_by_id}:
        return _("You wrote or changed this answer, so somebody else must approve it.")
    return ""
