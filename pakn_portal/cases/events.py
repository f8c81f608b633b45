"""What each verb tells the register beside who, when and where (see `register/payloads.py`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from pakn_portal.cases.enums import Verb
from pakn_portal.register.payloads import Payload

# Keys of rows stand as numbers, or as text where they are UUIDs; rows of lists by code, cases by number.


@dataclass(frozen=True, kw_only=True, slots=True)
class Notified(Payload):
    """`written_notice`: how the notice goes out that the sender must have in writing; a value of
    `notices.Way`.
    """

    written_notice: str | None = None

    @classmethod
    def by(cls, way: str, payload: Payload) -> Notified:
        """What the verb tells, and this beside. Raises TypeError for what has no place for it: it would lose
        what else it tells.
        """
        if type(payload) is Payload:
            payload = cls(due_on=payload.due_on, forgotten=payload.forgotten)
        if not isinstance(payload, cls):
            raise TypeError(f"{payload!r} tells of no written notice")
        return replace(payload, written_notice=way)


@dataclass(frozen=True, kw_only=True, slots=True)
class Submitted(Payload):
    channel: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseRefused(Notified):
    #: Code of the refusal reason.
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Supplemented(Payload):
    supplement: int


@dataclass(frozen=True, kw_only=True, slots=True)
class WithFiles(Notified):
    """Keys of the files that came with what was written."""

    files: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Classified(Payload):
    """`about`: a value of `About`; None where it is neither, and in lines of before."""

    #: Code of the sector.
    sector: str
    urgency: str
    about: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class UrgencyChanged(Payload):
    urgency: str
    urgency_before: str


@dataclass(frozen=True, kw_only=True, slots=True)
class InnerDue(Payload):
    """None: there is none from now on."""

    inner_due_on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Referred(Notified):
    """`slip_note`: the sequence of the line before, which has what the agency is told; 0 where it is told no
    more than the slip says anyway, None in lines of before, when one note was for both readers.
    """

    #: Code of the agency.
    agency: str
    slip_note: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class HandedOver(Payload):
    """To this agency, or to the unit of the line, with number and date of the paper it went with."""

    #: Code of the agency.
    agency: str = ""
    paper_number: str
    paper_dated_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptOnPaper(Payload):
    """Number and date of the entry in the paper register of state secrets."""

    paper_number: str
    paper_dated_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class SettledAs(Payload):
    #: A value of `Settled`.
    settled_as: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Joined(Notified):
    """`joined_before`: the case that this one was joined to until then, and that has moved itself. `answer`:
    the version of its answer that the sender of this one is told with it.
    """

    master: str
    joined_before: str = ""
    answer: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reopened(Payload):
    """`master`: the case that it was joined to and goes its own way from."""

    master: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Assigned(Payload):
    officer: int | str


@dataclass(frozen=True, kw_only=True, slots=True)
class DeadlineExtended(Notified):
    amount: int
    unit: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Recalculated(Payload):
    """Each date that moved, and the one before; None where the calendar gives none."""

    due_on_before: date | None = None
    intake_due_on: date | None = None
    intake_due_on_before: date | None = None
    supplement_due_on: date | None = None
    supplement_due_on_before: date | None = None
    hand_over_due_on: date | None = None
    hand_over_due_on_before: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerMoved(Payload):
    """`is_kept`: the words of this version are kept for good; drafts of before are not."""

    version: int
    is_kept: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Approved(AnswerMoved):
    """`corrected_from`: the version that was submitted, where the approver changed words. Lines of before
    tell hashes without a salt too: `hash` of the body, and `answer_hash` over all that was approved.
    `joined`: how many other senders are told it, those of the cases joined to this one; those of locked ones,
    who are told later, are not counted. `confirmed`: how many places the approver said to name none of them.
    `confirmed_places`: a keyed digest of each; lines of before have none.
    """

    corrected_from: int | None = None
    joined: int | None = None
    confirmed: int | None = None
    confirmed_places: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Prepared(Payload):
    #: How many finds of personal data are neither masked nor confirmed.
    open_finds: int


@dataclass(frozen=True, kw_only=True, slots=True)
class OnPage(Payload):
    """Where the answer stands. Lines of before tell `hash` too: SHA-256 over its title, question and answer,
    without a salt.
    """

    page: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Corrected(OnPage):
    withheld: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OffPage(Payload):
    page: int


@dataclass(frozen=True, kw_only=True, slots=True)
class NewCode(Payload):
    """A note: the sender got a new tracking code."""

    new_code: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class ActOfSender(Payload):
    """A note: what the sender did to a locked case, by its verb."""

    sender: str
    supplement: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class BesideChanged(OnPage):
    """A note: what stands beside the released text was changed on the page."""

    beside: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Held(Payload):
    """What it was locked for, a value of `Suspicion`; lines of before were all about a state secret."""

    suspected: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterNumbered(Payload):
    """A note: a letter of this kind has its number and its date. `act`: the sequence of the line that it
    tells of, where it is kept with its words. `lead`: number of the case whose register has that line, where
    it is another. `is_corrected`: a letter that had left had others before.
    """

    letter: str
    dated_on: date | None = None
    act: int | None = None
    lead: str | None = None
    is_corrected: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerDoubted(Payload):
    """A note: the answer on file is not the one that was approved, so nobody is shown it."""

    doubted: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class ToldByHand(Payload):
    """A note: the sender, who has no e-mail, was told what a mail would have said. `way`: of `ToldBy`.
    `told_on`: the day, where that is not the day of the line. Of a line of `READ_CONTACTS`: the contacts were
    looked at for it. `addressed`: of a sealed case, the letter was made with the address on it for it.
    """

    told: str
    way: str
    told_on: date | None = None
    addressed: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SenderCorrected(Payload):
    """Names of what is different now, of sender or submission; those of them that are empty now."""

    changed: tuple[str, ...]
    erased: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterAddressed(Payload):
    """A note: the letter of a sealed case was made with its sender's address. `addressed`: the template of
    the last mail that it tells.
    """

    addressed: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ForAgency(Payload):
    """A note: what the slip tells the agency of this code, to which the case is referred next."""

    for_agency: str


#: Verb → what it may tell; a verb that is not here tells nothing beside.
PAYLOADS: dict[str, tuple[type[Payload], ...]] = {
    Verb.SUBMIT: (Submitted,),
    Verb.REFUSE: (CaseRefused,),
    Verb.REQUEST_SUPPLEMENT: (Payload, Notified, WithFiles),
    Verb.SUPPLEMENT: (Supplemented,),
    Verb.CLASSIFY: (Classified,),
    Verb.CHANGE_URGENCY: (UrgencyChanged,),
    Verb.SET_INNER_DUE: (InnerDue,),
    Verb.REFER: (Referred,),
    Verb.GUIDE: (Payload, Notified),
    Verb.MOVE_TO_COMPLAINT: (Payload, Notified),
    Verb.MOVE_TO_DENUNCIATION: (Payload, Notified),
    Verb.HAND_OVER: (HandedOver,),
    Verb.SETTLE: (SettledAs,),
    Verb.HOLD: (Held,),
    Verb.CONFIRM_SECRET: (KeptOnPaper,),
    Verb.MARK_DUPLICATE: (Joined,),
    Verb.REOPEN: (Payload, Reopened),
    Verb.ASSIGN: (Assigned,),
    Verb.REQUEST_OPINION: (Payload, WithFiles),
    Verb.GIVE_OPINION: (Payload, WithFiles),
    Verb.EXTEND_DEADLINE: (DeadlineExtended,),
    Verb.RECALCULATE: (Recalculated,),
    Verb.DRAFT_ANSWER: (AnswerMoved,),
    Verb.SUBMIT_ANSWER: (AnswerMoved,),
    Verb.REJECT_ANSWER: (AnswerMoved,),
    Verb.APPROVE_ANSWER: (Approved,),
    Verb.PREPARE_PUBLIC_TEXT: (Prepared,),
    Verb.REQUEST_PUBLICATION: (OnPage,),
    Verb.PUBLISH: (OnPage,),
    Verb.UNPUBLISH: (OffPage,),
    Verb.CORRECT: (Corrected,),
    Verb.CORRECT_SENDER: (SenderCorrected,),
    Verb.READ_CONTACTS: (Payload, ToldByHand),
    Verb.NOTE: (
        Payload,
        NewCode,
        ActOfSender,
        BesideChanged,
        LetterNumbered,
        AnswerDoubted,
        ToldByHand,
        LetterAddressed,
        ForAgency,
    ),
}
