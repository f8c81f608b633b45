"""Lock a case that may hold a state secret, what its sender does meanwhile, and how the lock ends."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from pakn_portal import clock
from pakn_portal.cases import case_clock
from pakn_portal.cases.actions.papers import problem_of_date, problem_of_number
from pakn_portal.cases.enums import SEALED, Suspicion, Verb
from pakn_portal.cases.events import ActOfSender, Held, KeptOnPaper
from pakn_portal.cases.files import wipe_files
from pakn_portal.cases.models import Case
from pakn_portal.cases.moves import moving
from pakn_portal.cases.state_secret import acts_of_sender, sender_may
from pakn_portal.cases.texts import what_was_added
from pakn_portal.flow.errors import Conflict, IllegalMove, NotAllowed
from pakn_portal.people.actor import Actor
from pakn_portal.register.texts import forget_lines
from pakn_portal.submissions.models import Supplement
from pakn_portal.submissions.wiping import wipe


def hold_case(case: Case, *, by: Actor, note: str = "", suspected: str = Suspicion.SECRET) -> None:
    """Stop display at once, wherever the case stands: it may hold a state secret (Law 117/2025/QH15), or be a
    denunciation, whose writer is to be kept secret (Law 25/2018/QH14, art. 8). Whoever finds it reports it by
    this; a keeper of sealed cases decides. `suspected`: a value of `Suspicion`.

    Its answer leaves the site in the same transaction (`pages.answers`). The clock stands while nobody may
    work; a closed case stays closed. Nobody is told that somebody was faster: it takes effect on the case as
    it now is, and when somebody sealed it in the same moment, there is nothing left to do. Event: hold.
    """
    try:
        with moving(case, Verb.HOLD, by=by, note=note, beside=_master_of(case)) as move:
            move.payload = Held(suspected=suspected)
    except (IllegalMove, NotAllowed):
        if case.status in SEALED or not Case.objects.filter(pk=case.pk, status__in=SEALED).exists():
            raise
        case.refresh_from_db()


def release_hold(case: Case, *, by: Actor, note: str) -> None:
    """It holds no secret, for the reason in `note`; back to where it was, and the clock runs again. A
    published case is answered again: a publisher decides whether it returns to the site. A sender who was
    being waited for has the whole term again, unless they answered or withdrew meanwhile: see `state_secret`.
    Event: release_hold.
    """
    with moving(case, Verb.RELEASE_HOLD, by=by, note=note, beside=_master_of(case)) as move:
        move.subject.supplement_due_on = None
        for act in acts_of_sender(move.subject):
            on = clock.local_date(act.at)
            if act.data["sender"] == Verb.WITHDRAW:
                case_clock.end_pause(move.subject, on)
                move.subject.closed_on = on
            else:
                case_clock.end_pause(move.subject, on, Verb.REQUEST_SUPPLEMENT)


def confirm_secret(
    case: Case, *, by: Actor, paper_number: str, paper_dated_on: date, read_until: int | None = None
) -> None:
    """It is a state secret, and stands on paper now under this number and date: nothing of it stays here (Law
    117/2025/QH15). In one transaction with the line that tells so, every text and file goes, of the case
    (here) and of whatever was made of it (the receivers of `event_recorded`: answer, page, mails, drafts).
    What was joined to it, or it to, may hold the same and is locked with it. Never by who locked it.

    `read_until`: the sequence of the last line of the register when it was copied onto paper. Raises Conflict
    where the sender has added something since, which is on no paper yet. Events: confirm_secret, and hold of
    each that is joined; the sender reads that it is handled on paper.
    """
    joined = list(Case.objects.joined_to(case).values_list("pk", flat=True))
    with moving(case, Verb.CONFIRM_SECRET, by=by, beside=[*_master_of(case), *joined]) as move:
        if read_until is not None and added_since(move.subject, read_until):
            raise Conflict(move.subject, None)
        if problem := problem_of_number(paper_number) or problem_of_date(case, paper_dated_on):
            raise NotAllowed(case, Verb.CONFIRM_SECRET, problem)
        wipe(move.subject.submission)
        wipe_files(move.subject)
        move.subject.extensions.update(reason="")
        move.payload = KeptOnPaper(
            paper_number=paper_number.strip(),
            paper_dated_on=paper_dated_on,
            forgotten=forget_lines(move.subject.events.order_by("sequence")),
        )
        for each in Case.objects.joined_to(move.subject).order_by("pk"):
            if each.pk not in joined:  # in this very moment
                raise Conflict(move.subject, None)
            note = _("Joined to case %(number)s, which holds a state secret.") % {"number": case.number}
            hold_case(each, by=by, note=note)


def last_line_of(case: Case) -> int:
    """The sequence of the last line of its register."""
    return case.events.order_by("sequence").values_list("sequence", flat=True).last() or 0


def added_since(case: Case, read_until: int) -> bool:
    """Whether the sender did something to the locked case after this line of the register."""
    return any("sender" in line.data for line in case.events.filter(sequence__gt=read_until))


def note_of_sender(case: Case, verb: Verb, supplement: Supplement | None = None) -> None:
    """Write down what the sender did to a locked case; it counts once the case is unlocked. Event: note."""
    if not sender_may(case, verb):
        raise IllegalMove(case, verb)
    with moving(case, Verb.NOTE, by=None) as move:
        move.payload = ActOfSender(sender=verb, supplement=supplement.pk if supplement else None)
        move.texts = what_was_added(supplement) if supplement else {}


def _master_of(case: Case) -> list[int]:
    """Beside a duplicate that is locked or unlocked: what becomes of its master is told before or after."""
    return [case.master_id] if case.master_id is not None else []
