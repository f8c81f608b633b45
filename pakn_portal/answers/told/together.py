"""One answer for everybody who wrote about the same matter: the senders of the cases joined to the answered
one are told its words too, so these may name none of them. Its files were chosen for whoever asked, and
nobody can search a scan, so they go to no other sender.

Who was told which version stands in the register: in the line of the approval, or, of a case that was joined
after it, in the line that joined it. An answer that was written to one person is told to nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.db.models import QuerySet
from django.utils.translation import ngettext

from pakn_portal.answers.enums import AnswerState
from pakn_portal.answers.files.listed import files_of
from pakn_portal.answers.finds import finds_in
from pakn_portal.answers.models import Answer, answer_of
from pakn_portal.answers.texts import Words, words_in
from pakn_portal.cases.enums import DELIVERED, Status, Verb
from pakn_portal.cases.events import Approved, Joined
from pakn_portal.cases.models import Case, CaseFile
from pakn_portal.cases.moves import CaseMove
from pakn_portal.flow.errors import NotAllowed
from pakn_portal.submissions.known import known_values
from pakn_portal.submissions.models import Sender
from pakn_portal.text import fold


def answer_told(case: Case) -> Answer | None:
    """The approved answer that the sender of this case has: its own, or that of the case it is joined to.
    Doubted or not, see `proof`. One query; of a joined case three.
    """
    if case.status in DELIVERED:
        return _approved(case)
    if case.status != Status.DUPLICATE or case.master is None or case.master.status not in DELIVERED:
        return None
    answer = _approved(case.master)
    return answer if answer is not None and _was_told(case, answer) else None


def words_told(case: Case, answer: Answer) -> Words:
    """What the sender of this case is told of an answer that they have, be it that of another case."""
    words = words_in(answer)
    return words if answer.case_id == case.pk else words._replace(files="")


def files_told(case: Case, answer: Answer) -> list[CaseFile]:
    """The files of it that the sender of this case has. At most one query."""
    return files_of(answer) if answer.case_id == case.pk else []


def _approved(case: Case) -> Answer | None:
    answers = Answer.objects.select_related("case__submission__sender")
    return answers.filter(case=case, state=AnswerState.APPROVED).first()


def _was_told(case: Case, answer: Answer) -> bool:
    joined = case.events.filter(verb=Verb.MARK_DUPLICATE).order_by("sequence").last()
    if joined is None:
        return False
    if joined.data.get("answer") is not None:
        return bool(joined.data["answer"] == answer.version)
    approved = answer.case.events.filter(verb=Verb.APPROVE_ANSWER).order_by("sequence").last()
    # both lines were written with the answered case locked, so their keys have the order of the acts
    return approved is not None and bool(approved.data.get("joined")) and joined.pk < approved.pk


def tell_all(move: CaseMove) -> None:
    """Of approving: the words go to the senders of the joined cases too. Raises NotAllowed where they name
    somebody.
    """
    others = _senders_joined_to(move.subject)
    if not others:
        return
    if sentence := why_not_for_all(move.subject, _told(move.subject.answer), others):
        raise NotAllowed(move.subject, Verb.APPROVE_ANSWER, sentence)
    if isinstance(move.payload, Approved):
        move.payload = replace(move.payload, joined=len(others))


def tell_joining(move: CaseMove) -> None:
    """Of joining to a case that is answered: its sender is told the answer, unless it names somebody or has
    files, which were chosen for one person; then they hear when it is made public. Nothing is told of a case
    that is locked.
    """
    case, master = move.subject, move.subject.master
    if case.is_sealed or master is None or master.status not in DELIVERED:
        return
    answer = _approved(master)
    if (
        answer is None
        or answer.files
        or named_in(_told(answer), [answer.case.submission.sender, case.submission.sender])
    ):
        return
    if isinstance(move.payload, Joined):
        move.payload = replace(move.payload, answer=answer.version)


def joined_to(case: Case) -> QuerySet[Case]:
    """The cases whose senders are told its answer too, or will be once they are unlocked."""
    return case.duplicates.filter(status__in=(Status.DUPLICATE, Status.SECRET_HOLD)).order_by("pk")


def _senders_joined_to(case: Case) -> list[Sender]:
    """One query."""
    return [one.submission.sender for one in joined_to(case).select_related("submission__sender")]


def _told(answer: Answer) -> str:
    """Every word of it that its readers get."""
    return f"{answer.body}\n{answer.legal_bases}"


def named_in(words: str, senders: Iterable[Sender]) -> list[str]:
    """Every place in an answer that tells who one of these is, or how to reach anybody, each once."""
    folded = fold(words)
    known = [value for sender in senders for value in _spoken_of(sender, folded)]
    return list(dict.fromkeys(find.text for find in finds_in("answer", words, known) if find.is_sure))


def _spoken_of(sender: Sender, folded: str) -> Iterator[tuple[str, str]]:
    """Of many senders nearly all stand nowhere in a text, and need not be looked for one by one. What is
    written in more ways than one, such as a telephone number, is found without being known.
    """
    return ((kind, value) for kind, value in known_values(sender) if fold(value) in folded)


def why_not_for_all(case: Case, words: str, others: Iterable[Sender]) -> str:
    """Why these words cannot go to these senders as well; empty where they may."""
    others = list(others)
    named = named_in(words, [case.submission.sender, *others]) if others else []
    if not named:
        return ""
    return ngettext(
        "This answer also goes to the sender of %(count)s case joined to this one, so it must name nobody. "
        "Take out: %(named)s.",
        "This answer also goes to the senders of %(count)s cases joined to this one, so it must name nobody. "
        "Take out: %(named)s.",
        len(others),
    ) % {"count": len(others), "named": "; ".join(f"“{text}”" for text in named)}


def draft_names_somebody(case: Case) -> str:
    """Of handing in; empty where nothing is written yet."""
    answer = answer_of(case)
    return why_not_for_all(case, _told(answer), _senders_joined_to(case)) if answer is not None else ""
