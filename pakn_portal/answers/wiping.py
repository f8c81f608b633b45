"""Of a confirmed state secret nothing stays here: neither an answer nor what was to become public."""

from __future__ import annotations

from typing import Any

from pakn_portal.answers.enums import PublicTextState
from pakn_portal.answers.files.public import take_away
from pakn_portal.answers.models import Answer, AnswerVersion, OutgoingLetter, PublicText
from pakn_portal.cases.enums import Verb
from pakn_portal.cases.models import Case, CaseEvent


def wipe_answers(*, case: Case, event: CaseEvent, **kwargs: Any) -> None:
    """Receiver of `event_recorded`, in the verb's transaction. The row of the public text stays without
    words, for the page that was made of it points there.
    """
    if event.verb != Verb.CONFIRM_SECRET:
        return
    AnswerVersion.objects.filter(answer__case=case).delete()
    Answer.objects.filter(case=case).delete()
    OutgoingLetter.objects.filter(case=case).delete()
    words = dict.fromkeys(("title", "question", "answer", "content_hash", "released_hash"), "")
    for text in PublicText.objects.filter(case=case):
        take_away(text)
    PublicText.objects.filter(case=case).update(**words, confirmed=[], state=PublicTextState.DRAFT)
