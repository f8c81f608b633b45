"""One answer for everybody who wrote about the same matter: the senders of the cases joined to the answered
one are told its words too, so these may name none of them. Its files were chosen for whoever asked, and
nobody can search a scan, so they go to no other sender.

Who was told which version stands in the register: in the line of the approval, or, of a case that was joined
after it, in the line that joined it. An answer that was written to one person is told to nobody else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pakn_portal.answers.enums import AnswerState
from pakn_portal.answers.files.listed import files_of
from pakn_portal.answers.models import Answer, answer_of
from pakn_portal.answers.texts import Words, words_in
from pakn_portal.answers.told.named import Named, named_in
from pakn_portal.cases.enums import DELIVERED, SEALED, Status, Suspicion, Verb
from pakn_portal.cases.events import Approved, Joined
from pakn_portal.cases.models import Case, CaseFile
from pakn_portal.cases.moves import CaseMove
from pakn_portal.flow.errors import NotAllowed
from pakn_portal.register.keys import is_signed, signed
from pakn_portal.submissions.models import Sender


def answer_told(case: Case) -> Answer | None:
    """The approved answer that the sender of this case has: its own, or that of the case it is joined to.
    Doubted or not, see `proof`. One query; of a joined case three.
    """
    if case.status in DELIVERED:
        return _approved(case)
    if case.lead is None or case.lead.status not in DELIVERED:
        return None
    answer = _approved(case.lead)
    return answer if answer is not None and _was_told(case, answer) else None


def answer_kept(case: Case) -> Answer | None:
    """The answer that stands on the page of this case's sender: what they have, and what they were once told
    of a case that was sealed since as somebody's complaint or denunciation. It names none of them, it was
    written to this sender too, and a page that loses it would tell of the seal. Of a case that may hold a
    state secret nothing is shown to anybody, whatever was told before; no mail brings what is only kept.
    """
    if (answer := answer_told(case)) is not None:
        return answer
    if case.lead is None or not _was_answered_before(case.lead):
        return None
    kept = _approved(case.lead)
    return kept if kept is not None and _was_told(case, kept) else None


def _was_answered_before(case: Case) -> bool:
    """Whether it was sealed while its answer stood, and not for what may be a state secret."""
    if case.status not in SEALED - {Status.ON_PAPER}:
        return False
    begun = case.events.filter(to_status__in=SEALED).exclude(from_status__in=SEALED)
    seal = begun.order_by("sequence").last()
    if seal is None or seal.from_status not in DELIVERED:
        return False
    hold = case.events.filter(verb=Verb.HOLD).order_by("sequence").last()
    is_locked = case.status == Status.SECRET_HOLD
    return not is_locked or (hold is not None and hold.data.get("suspected") == Suspicion.DENUNCIATION)


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
    if joined.data.get("answer") == answer.version:
        return True
    # another since: of the matter that was opened again and answered anew
    approved = answer.case.events.filter(verb=Verb.APPROVE_ANSWER).order_by("sequence").last()
    # both lines were written with the answered case locked, so their keys have the order of the acts
    return approved is not None and approved.data.get("joined") is not None and joined.pk < approved.pk


def tell_all(move: CaseMove) -> None:
    """Of approving: the words go to the senders of the joined cases too. Raises NotAllowed where they name
    somebody.
    """
    others = _joined(move.subject)
    if not others:
        return
    if sentence := why_not_for_all(move.subject.answer, _senders(move.subject, others)):
        raise NotAllowed(move.subject, Verb.APPROVE_ANSWER, sentence)
    if isinstance(move.payload, Approved):
        # whoever reads the line may not know of the locked ones, who are told once they are unlocked
        told = sum(one.status == Status.DUPLICATE for one in others)
        move.payload = replace(move.payload, joined=told)


def tell_joining(move: CaseMove) -> None:
    """Of joining to a case that is answered: its sender is told the answer, unless it names somebody or has
    files, which were chosen for one person; then they hear when it is made public. Nothing is told of a case
    that is locked.
    """
    case, master = move.subject, move.subject.master
    if case.is_sealed or master is None or master.status not in DELIVERED:
        return
    answer = _approved(master)
    if answer is None or answer.files:
        return
    everybody = _senders(master, [*_joined(master), case])
    if not _may_join(answer, named_in(_told(answer), everybody)):
        return
    if isinstance(move.payload, Joined):
        move.payload = replace(move.payload, answer=answer.version)


#: What stands in an answer to many only after somebody said that it names none of them. Telephones and
#: mailboxes that may be an office's are not among it.
_ASKED_ABOUT = frozenset({"name", "given_name", "organisation", "address", "profile"})


def _may_join(answer: Answer, named: Iterable[Named]) -> bool:
    """Whether one more sender may have it: nobody is there to be asked about places that are not sure."""
    found = list(named)
    if any(each.find.is_sure for each in found):
        return False
    return not any(each.find.kind in _ASKED_ABOUT for each in found) or _are_confirmed(answer, found)


def _are_confirmed(answer: Answer, found: Iterable[Named]) -> bool:
    """Whether the approver judged these very places; a line of before tells no more than how many."""
    approved = answer.case.events.filter(verb=Verb.APPROVE_ANSWER).order_by("sequence").last()
    data = approved.data if approved is not None else {}
    seals = data.get("confirmed_places")
    if seals is None:
        return (data.get("confirmed") or 0) >= len(list(found))
    return all(any(is_signed(_sealed_words(answer, each), seal) for seal in seals) for each in found)


def seals_of_places(answer: Answer, places: Iterable[Named]) -> tuple[str, ...] | None:
    """For the line of its approval, as which places were confirmed: keyed and of this version alone, so that
    the line tells none of the words, which are few enough to try out. None without any.
    """
    return tuple(sorted({signed(_sealed_words(answer, place)) for place in places})) or None


def _sealed_words(answer: Answer, place: Named) -> str:
    return "\x1f".join(("confirmed place", str(answer.case_id), str(answer.version), place.fingerprint))


def joined_to(case: Case) -> QuerySet[Case]:
    """The cases whose senders are told its answer too. Those that are locked are not among them: they are
    told once they are unlocked, and who may not read them learns neither that they are there nor how many.
    """
    return case.duplicates.filter(status=Status.DUPLICATE)


def _joined(case: Case) -> list[Case]:
    """The locked ones too. One query."""
    told = case.duplicates.filter(status__in=(Status.DUPLICATE, Status.SECRET_HOLD))
    return list(told.select_related("submission__sender").order_by("pk"))


def _senders(case: Case, others: Iterable[Case]) -> list[Sender]:
    return [one.submission.sender for one in (case, *others)]


def _told(answer: Answer | Words) -> str:
    """Every word of it that its readers get."""
    return f"{answer.body}\n{answer.legal_bases}"


def why_not_for_all(answer: Answer, senders: Iterable[Sender]) -> str:
    """Why these words cannot go to all of them; empty where they may. Who reads it may not open every case
    of theirs, so it tells where something stands, not what, and counts no case.
    """
    named = named_in(_told(answer), senders)
    if not any(each.find.is_sure for each in named):
        return ""
    ends = len(answer.body)
    paragraphs = dict.fromkeys(each.paragraph for each in named if each.find.start < ends)
    places = [_("paragraph %(number)s") % {"number": number} for number in paragraphs]
    if any(each.find.start >= ends for each in named):
        places.append(_("the legal bases"))
    return _(
        "This answer also goes to the senders of the cases joined to this one, so it must name nobody and "
        "tell how to reach nobody. Look through: %(places)s."
    ) % {"places": ", ".join(places)}


def draft_names_somebody(case: Case) -> str:
    """Of handing in; empty where nothing is written yet."""
    answer, others = answer_of(case), _joined(case)
    return why_not_for_all(answer, _senders(case, others)) if answer is not None and others else ""


def to_confirm(case: Case, words: Words) -> list[Named]:
    """What may name somebody in an answer to many, for its approver to judge: a name, an address that may be
    an office's. Nothing where the answer goes to one sender alone.
    """
    others = _joined(case)
    if not others:
        return []
    named = named_in(_told(words), _senders(case, others))
    return [each for each in named if not each.find.is_sure]


def unconfirmed(named: Iterable[Named], confirmed: Collection[str]) -> str:
    """What still has to be judged, in the writer's own words; empty where nothing has."""
    places = [f"“{each.find.text}”" for each in named if each.fingerprint not in confirmed]
    if not places:
        return ""
    return _(
        "This answer also goes to the senders of the cases joined to this one. Say first that these places "
        "tell nobody who another sender is: %(places)s."
    ) % {"places": "; ".join(dict.fromkeys(places))}
