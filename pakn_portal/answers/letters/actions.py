"""Verbs of outgoing letters."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pakn_portal import clock
from pakn_portal.answers.enums import AnswerState
from pakn_portal.answers.letters.letter import (
    ACTS,
    kinds_addressed,
    kinds_of,
    told_case,
    words_of,
)
from pakn_portal.answers.letters.proof import is_as_kept, last_numbering, numberings
from pakn_portal.answers.models import OutgoingLetter, answer_of
from pakn_portal.answers.texts import words_of_letter
from pakn_portal.cases.actions import problem_of_date, problem_of_letter_number, with_address
from pakn_portal.cases.enums import SEALED, Verb
from pakn_portal.cases.events import LetterNumbered
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.cases.moves import moving
from pakn_portal.cases.rights import may_address
from pakn_portal.flow.errors import MoveError, NotAllowed
from pakn_portal.flow.moving import require
from pakn_portal.languages import speaking
from pakn_portal.people.accounts import plain_key
from pakn_portal.people.actor import Account
from pakn_portal.people.scope import scope_of
from pakn_portal.register.texts import text_hash
from pakn_portal.snippets.enums import LetterKind


class Renumbered(MoveError):
    """A colleague kept something else since the letter was looked at: `kept`."""

    def __init__(self, kept: OutgoingLetter | None) -> None:
        self.kept = kept
        number = kept.reference_number if kept is not None else ""
        day = f"{kept.dated_on:%d/%m/%Y}" if kept is not None and kept.dated_on else ""
        super().__init__(
            _(
                "A colleague has kept number and date of this letter meanwhile: number %(number)s, date "
                "%(day)s. Nothing of yours is kept yet. To replace theirs, press the button once more."
            )
            % {"number": number or "…", "day": day or "…"}
        )


class NumberTaken(MoveError):
    """Another letter of the ministry has this number of this year: `other`."""

    def __init__(self, number: str, other: OutgoingLetter) -> None:
        self.number = number
        if other.case.status in SEALED:
            # of such a case nobody learns that it is there, nor what kind of case it is
            super().__init__(
                _(
                    "Number %(number)s of this year stands on another letter already. Nothing is kept yet. "
                    "If both letters do have this number, press the button once more."
                )
                % {"number": number}
            )
            return
        super().__init__(
            _(
                "Number %(number)s of this year stands on another letter already: %(letter)s, case %(case)s. "
                "Nothing is kept yet. If both letters do have this number, press the button once more."
            )
            % {
                "number": number,
                "letter": capfirst(str(LetterKind(other.kind).label)),
                "case": other.case.number,
            }
        )


class HasLeft(MoveError):
    """What a letter of a past act has is corrected with a reason alone."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This letter has left. Its number, its date and who signed it are corrected with a reason "
                "only, which the history keeps beside what stood there before."
            )
        )


def state_of(letter: OutgoingLetter | None) -> str:
    """Differs when number, date or signatory does; empty where none is kept."""
    if letter is None or not letter.is_numbered:
        return ""
    day = letter.dated_on.isoformat() if letter.dated_on else ""
    return text_hash(letter.reference_number, day, letter.signature_title, letter.signatory)


class OfAnotherUnit(MoveError):
    """A letter of a past act is the office's, and that of the unit which had the case then."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Number, date and signatory of this letter are given by the unit that had the case then, or "
                "by the Ministry Office."
            )
        )


class LetterDoubted(MoveError):
    """What is kept of the letter is not what its register has."""

    def __init__(self) -> None:
        super().__init__(
            _("This letter is not what the register has of it. Do not send it; tell the Ministry Office.")
        )


def keep_letter(*, case: Case, event: CaseEvent, texts: dict[str, str], **kwargs: Any) -> None:
    """Receiver of `event_about_to_be_sealed`, in the verb's transaction: what the act writes is kept as it
    is, its line proves it, and nothing that is changed later changes it.
    """
    for kind, verb in ACTS.items():
        if event.verb == verb:
            letter = OutgoingLetter.objects.create(
                case=case,
                kind=kind,
                act=event.sequence,
                words=words_of(case, kind, event),
                made_on=clock.local_date(event.at),
            )
            texts.update(words_of_letter(letter))


def record_of(
    case: Case, kind: str, act: int | None = None, lead: int | None = None
) -> OutgoingLetter | None:
    """What is kept of the letter of this act, in the register of the `lead` (its key) or of the case; by
    default of the one that the case has now. The number of another of the same kind is that letter's alone
    (Decree 30/2020/NĐ-CP, art. 15).
    """
    letters = OutgoingLetter.objects.filter(case=case, kind=kind).select_related("lead")
    if act is not None:
        return letters.filter(act=act, lead=lead).first()
    kept = letters.filter(act=_act_of(case, kind), lead=case.lead).first()
    return kept or _without_words(case, kind)


def past_letters(case: Case) -> list[OutgoingLetter]:
    """Those of the acts before where the case stands now, oldest first: they left, and stay as they are. A
    few queries.
    """
    now = {record.pk for kind in kinds_of(case) if (record := record_of(case, kind)) is not None}
    kept = (
        OutgoingLetter.objects.filter(case=case).exclude(words={}).defer("words").order_by("made_on", "act")
    )
    return [letter for letter in kept if letter.pk not in now]


def is_doubted(case: Case, kind: str, act: int | None, letter: OutgoingLetter | None) -> bool:
    """Whether what `record_of` found is another letter than the act's; `act` as there."""
    return not is_as_kept(case, kind, _act_of(case, kind) if act is None else act, letter)


def _act_of(case: Case, kind: str) -> int:
    """The sequence of the last act of the kind; 0 before there is one, and for the draft of an answer."""
    answer = answer_of(told_case(case)) if kind == LetterKind.ANSWER else None
    if answer is not None and answer.state != AnswerState.APPROVED:
        return 0
    acts = told_case(case).events.filter(verb=ACTS[LetterKind(kind)])
    return acts.order_by("sequence").values_list("sequence", flat=True).last() or 0


def _without_words(case: Case, kind: str) -> OutgoingLetter | None:
    """The draft of an answer, or what was numbered before letters were kept, unless another letter of the
    kind was begun since.
    """
    if case.lead is not None:
        return None
    letter = OutgoingLetter.objects.filter(case=case, kind=kind, act=0, lead=None).first()
    if letter is None:
        return None
    begins = Verb.REOPEN if kind == LetterKind.ANSWER else ACTS[LetterKind(kind)]
    anew = case.events.filter(verb=begins).order_by("sequence").last()
    numbered = last_numbering(case, kind, 0)
    is_older = anew is not None and numbered is not None and numbered.sequence < anew.sequence
    return None if is_older else letter


def drafted_numbering(case: Case, kind: str) -> OutgoingLetter | None:
    """What was written to the draft of an answer, for the letter that became of it."""
    return _without_words(case, kind) if kind == LetterKind.ANSWER else None


def _last_numbered_by(case: Case, letter: OutgoingLetter | None) -> Account | None:
    line = last_numbering(case, letter.kind, letter.act, letter.lead_told) if letter is not None else None
    return line.by if line is not None else None


def problems_of(
    case: Case, kept: OutgoingLetter | None, *, reference_number: str, dated_on: date | None
) -> dict[str, str]:
    """Why this number and this date cannot be, each by its name; nothing of what is kept already."""
    act_on = kept.made_on if kept is not None and kept.act else None
    found = {
        "reference_number": reference_number
        and not (kept is not None and kept.reference_number == reference_number)
        and problem_of_letter_number(reference_number),
        "dated_on": dated_on
        and not (kept is not None and kept.dated_on == dated_on)
        and problem_of_date(case, dated_on, act_on=act_on),
    }
    return {name: str(problem) for name, problem in found.items() if problem}


def same_number(letter: OutgoingLetter) -> OutgoingLetter | None:
    """Another letter of the ministry with its number, of the same year; what was written to the draft of an
    answer is the letter that became of it.
    """
    if not letter.reference_number:
        return None
    others = OutgoingLetter.objects.filter(reference_number__iexact=letter.reference_number)
    others = others.exclude(case=letter.case, kind=letter.kind, lead=letter.lead, act__in=(0, letter.act))
    year = _year_of(letter)
    return next((other for other in others.select_related("case") if _year_of(other) == year), None)


def _year_of(letter: OutgoingLetter) -> int:
    return (letter.dated_on or letter.made_on or clock.today()).year


def number_letter(
    case: Case,
    kind: str,
    *,
    reference_number: str,
    dated_on: date | None,
    signature_title: str,
    signatory: str,
    by: Account,
    act: int | None = None,
    lead: int | None = None,
    seen: str | None = None,
    known: str | None = None,
    reason: str = "",
) -> OutgoingLetter:
    """Keep number, date and signatory of a letter of the case: the one it has now, or that of a past `act`
    (of the register of the `lead`, its key), which is numbered by the unit that had the case then, or by the
    office (OfAnotherUnit). What a past one has already, or had, is corrected with a `reason` only (HasLeft);
    the line tells what stood there before. The same again changes nothing.

    Whoever may read the sender's contacts, for the letter has them. `seen`: `state_of` the letter that they
    wrote for; None overruns what a colleague has kept since. `known`: the number that they have been told to
    stand on another letter too; None asks nobody.
    Event: note, with number and date. Raises Renumbered, NumberTaken, LetterDoubted, and NotAllowed for a
    number or a date that cannot be.
    """
    if act is not None or not _may_address(case, kind, by):
        require(case, Verb.READ_CONTACTS, by=by)
    values = {
        "reference_number": reference_number,
        "dated_on": dated_on,
        "signature_title": signature_title,
        "signatory": signatory,
    }
    kept = record_of(case, kind, act, lead)
    is_same = kept is not None and all(getattr(kept, name) == value for name, value in values.items())
    if kept is not None and is_same and (kept.words or not _words_to_keep(case, kept)):
        return kept
    if problems := problems_of(case, kept, reference_number=reference_number, dated_on=dated_on):
        raise NotAllowed(case, Verb.NOTE, " ".join(problems.values()))
    # in the words of the site, for the register is kept for good
    with speaking():
        told = f"{capfirst(str(LetterKind(kind).label))}: {reference_number or '…'}"
        corrects = act is not None and kept is not None and is_corrected(kept, values)
        if corrects and kept is not None:
            told = _corrected(kept, values, reason)
    with moving(case, Verb.NOTE, by=by, note=told) as move:
        kept = record_of(case, kind, act, lead)
        if is_doubted(case, kind, act, kept):
            raise LetterDoubted
        if act is not None and kept is None:
            raise HasLeft
        if act is not None and kept is not None and not is_theirs(kept, by):
            raise OfAnotherUnit
        if act is not None and kept is not None and is_corrected(kept, values) and not (corrects and reason):
            raise HasLeft
        if seen is not None and seen != state_of(kept) and _last_numbered_by(case, kept) != by:
            raise Renumbered(kept)
        letter = kept or OutgoingLetter(case=case, kind=kind, act=_act_of(case, kind), lead=case.lead)
        for name, value in values.items():
            setattr(letter, name, value)
        if known not in (None, reference_number) and (other := same_number(letter)) is not None:
            raise NumberTaken(reference_number, other)
        if words := _words_to_keep(case, letter):
            letter.words, letter.made_on = words, letter.made_on or clock.today()
        letter.save()
        move.payload = LetterNumbered(
            letter=kind,
            dated_on=dated_on,
            act=letter.act or None,
            lead=letter.lead_told or None,
            is_corrected=corrects or None,
        )
        move.texts = words_of_letter(letter)
    return letter


def address_letter(case: Case, kind: str, *, by: Account) -> None:
    """A keeper makes this letter of a sealed case with the sender's address on it. Event: note. Raises
    NotAllowed.
    """
    if kind not in kinds_addressed(case):
        raise NotAllowed(case, Verb.NOTE)
    with with_address(case, str(kind), by=by):
        pass


def _may_address(case: Case, kind: str, by: Account) -> bool:
    return may_address(scope_of(by), case) and kind in kinds_addressed(case)


def is_theirs(letter: OutgoingLetter, by: Account) -> bool:
    """Whether this person may say under which number the letter of a past act left."""
    told = letter.lead or letter.case
    scope, line = scope_of(by), told.events.filter(sequence=letter.act).first()
    own = {plain_key(unit) for unit in scope.unit_ids}
    is_of_unit = line is not None and (line.by_id == by.pk or line.state.get("lead_unit_id") in own)
    return scope.is_intake or scope.is_leader or is_of_unit


def is_corrected(letter: OutgoingLetter, values: dict[str, Any]) -> bool:
    """Whether something that it has, or once had, would be another."""
    changed = [getattr(letter, name) for name, value in values.items() if getattr(letter, name) != value]
    return any(changed) or (bool(changed) and was_corrected(letter))


def was_corrected(letter: OutgoingLetter) -> bool:
    """What is empty of such a one may have been emptied: to fill it in is a correction too. One query."""
    told = numberings(letter.case, letter.kind, letter.act, letter.lead_told)
    return told.filter(data__is_corrected=True).exists()


def _corrected(letter: OutgoingLetter, values: dict[str, Any], reason: str) -> str:
    """What stood there, what stands there now, and why; for the history, which is kept for good."""
    labels = {
        "reference_number": _("number"),
        "dated_on": _("date"),
        "signature_title": _("title of who signs"),
        "signatory": _("name of who signs"),
    }
    changes = [
        _("%(what)s “%(before)s” becomes “%(after)s”")
        % {"what": label, "before": _shown(getattr(letter, name)), "after": _shown(values[name])}
        for name, label in labels.items()
        if getattr(letter, name) != values[name]
    ]
    return _("%(letter)s: %(changes)s. Reason: %(reason)s") % {
        "letter": capfirst(str(LetterKind(letter.kind).label)),
        "changes": "; ".join(changes),
        "reason": reason,
    }


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return ", ".join(str(value or "…").splitlines())


def _words_to_keep(case: Case, letter: OutgoingLetter) -> dict[str, Any]:
    """One of before letters were kept gets its words when it is made; a draft has none."""
    words = {} if letter.words else words_of(case, LetterKind(letter.kind))
    return words if words and words["is_approved"] else {}
