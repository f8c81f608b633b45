"""Of a confirmed state secret nothing stays here: neither an answer nor what was to become public."""

from __future__ import annotations

from typing import Any

from pakn_portal.answers.enums import PublicTextState
from pakn_portal.answers.files.public import take_away
from pakn_portal.answers.models import Answer, AnswerVersion, OutgoingLetter, PublicText
from pakn_portal.answers.texts import words_of_letter
from pakn_portal.cases.enums import Verb
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.register.texts import forget_salts


def wipe_answers(*, case: Case, event: CaseEvent, **kwargs: Any) -> None:
    """Receiver of `event_recorded`, in the verb's transaction. The row of the public text stays without
    words, for the page that was made of it points there.
    """
    if event.verb != Verb.CONFIRM_SECRET:
        return
    AnswerVersion.objects.filter(answer__case=case).delete()
    Answer.objects.filter(case=case).delete()
    OutgoingLetter.objects.filter(case=case).delete()
    _wipe_letters_of_joined(case)
    words = dict.fromkeys(("title", "question", "answer", "content_hash", "released_hash"), "")
    for text in PublicText.objects.filter(case=case):
        take_away(text)
    PublicText.objects.filter(case=case).update(**words, confirmed=[], state=PublicTextState.DRAFT)


def _wipe_letters_of_joined(lead: Case) -> None:
    """What its answer said to the senders of cases that are, or were, joined to it: their registers prove
    these words no more.
    """
    for letter in OutgoingLetter.objects.filter(lead=lead).select_related("case"):
        lines = letter.case.events.values_list("hash", flat=True)
        forget_salts(lines, words_of_letter(letter))
        letter.delete()
