"""A sender without e-mail is not told by the system: what a mail would have said waits for a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pakn_portal import clock
from pakn_portal.cases.actions import read_contacts, with_address
from pakn_portal.cases.enums import OTHER_PROCEDURES, SEALED, Right, ToldBy, Verb
from pakn_portal.cases.events import ToldByHand
from pakn_portal.cases.models import Case
from pakn_portal.cases.moves import moving
from pakn_portal.cases.petition_graph import PETITION_GRAPH
from pakn_portal.cases.rights import may_address, rights_to
from pakn_portal.flow.errors import NotAllowed
from pakn_portal.notifications.by_hand.models import ManualNotice
from pakn_portal.notifications.enums import MailState
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.people.actor import Account
from pakn_portal.people.scope import Scope, scope_of

#: Who may say that the sender was told.
_TELLERS = frozenset({Right.INTAKE, Right.OFFICER, Right.FOCAL, Right.HEAD})
NO_CALL: Final = gettext_lazy(
    "The sender must be told this in writing, and a call is no written notice: send the letter, or hand it "
    "over at the office."
)

NO_CALL_ON_PAPER: Final = gettext_lazy(
    "A call sends no letter: choose how the letter goes, or only mark that the sender was told."
)

NOT_YET: Final = gettext_lazy("This day is still to come.")


def put_out(mails: Iterable[OutgoingMail], unit_of: Callable[[OutgoingMail], Any]) -> list[OutgoingMail]:
    """Save these mails, in the transaction of what they tell: those with an address wait for the worker, the
    others for somebody of the unit that `unit_of` names (None: the Ministry Office).
    """
    mails = list(mails)
    by_hand = [mail for mail in mails if mail.to_sender is not None and not mail.to_sender.email]
    for mail in by_hand:
        mail.state = MailState.BY_HAND
    OutgoingMail.objects.bulk_create(mails, batch_size=500)
    ManualNotice.objects.bulk_create(
        [ManualNotice(mail=mail, unit=unit_of(mail)) for mail in by_hand], batch_size=500
    )
    return mails


def ask_by_hand(mail: OutgoingMail) -> None:
    """A mail to a sender was given up: somebody of the unit that has the case tells them. Asked once."""
    if mail.to_sender_id is not None and mail.case is not None:
        ManualNotice.objects.get_or_create(mail=mail, defaults={"unit": mail.case.lead_unit})


def withdraw_question(mail: OutgoingMail) -> None:
    """It has left after all, so nobody needs to tell the sender."""
    ManualNotice.objects.filter(mail=mail, given_at=None).delete()


def may_give(case: Case, scope: Scope) -> bool:
    """Whether this person may say that the sender of this case was told."""
    rights = rights_to(scope, case)
    return bool(rights & _TELLERS) or (case.status in SEALED and Right.INSPECTOR in rights)


def address_letter(notice: ManualNotice, *, by: Account, is_again: bool = False) -> None:
    """A keeper makes the letter with the sender's address on it. `is_again`: of one that is told already,
    whose paper was lost. Event: note. Raises MoveError.
    """
    case: Case = notice.mail.subject
    with with_address(case, notice.mail.template, by=by):
        waiting, told_ones = ManualNotice.objects.open(), ManualNotice.objects.exclude(given_at=None)
        if not (told_ones if is_again else waiting).filter(pk=notice.pk).exists():
            raise NotAllowed(case, Verb.NOTE, _("A colleague has already told the sender."))


def answer_for_address(notice: ManualNotice, *, by: Account, scope: Scope) -> None:
    """A letter that was told is made once more with the address: one more line, by who looked at it. Event:
    read_contacts; of a sealed case note. Raises MoveError.
    """
    if may_address(scope, notice.mail.subject):
        address_letter(notice, by=by, is_again=True)
    else:
        read_contacts(notice.mail.subject, by=by)


def is_call_enough(case: Case, *, in_writing: bool) -> bool:
    """A call is no notice in writing. It is all that there is to a sender without an address."""
    return not in_writing or not case.submission.sender.address


def may_see_again(case: Case, given_by: Any, scope: Scope) -> bool:
    """What the sender was told: for whoever told it (the key of their account), or may tell."""
    return given_by == scope.user.pk or may_give(case, scope)


def may_print_addressed(case: Case, scope: Scope) -> bool:
    """Whether this person may make a letter with the sender's address on it: whoever may look at the contacts
    of the case, and the keepers of sealed cases.
    """
    row = PETITION_GRAPH.find(Verb.READ_CONTACTS, case.status)
    may_read = row is not None and bool(row.rights & rights_to(scope, case))
    return may_read or may_address(scope, case)


def day_problem(notice: ManualNotice, day: date) -> str:
    """Why nobody told the sender on this day, as a sentence; empty where somebody may have."""
    first = clock.local_date(notice.mail.created_at)
    if day > clock.today():
        return str(NOT_YET)
    if day >= first:
        return ""
    return _("It was only to be told from %(day)s on.") % {"day": date_format(first, "d/m/Y")}


def give_notice(
    notice: ManualNotice,
    *,
    way: str,
    by: Account,
    note: str = "",
    told_on: date | None = None,
    is_addressed: bool = False,
) -> None:
    """The sender was told, in this way: of this and of all that was open before it, which its letter tells
    too. Each has its own line in the register. What is owed in writing is not told by a call, see
    `is_call_enough`. `note`: for colleagues. `told_on`: the day, None for today. `is_addressed`: the letter
    is made with the sender's address in the same act, so that the last line tells both. Event: note, or
    read_contacts for the line that tells both; of a sealed case note. Raises MoveError.
    """
    case: Case = notice.mail.subject
    if not may_give(case, scope_of(by)):
        raise NotAllowed(case, Verb.NOTE)
    if told_on is not None and (problem := day_problem(notice, told_on)):
        raise NotAllowed(case, Verb.NOTE, problem)
    if is_addressed and not may_print_addressed(case, scope_of(by)):
        raise NotAllowed(case, Verb.READ_CONTACTS)
    if is_addressed and way == ToldBy.TELEPHONE:
        raise NotAllowed(case, Verb.NOTE, str(NO_CALL_ON_PAPER))
    in_writing = ManualNotice.objects.told_with(notice).in_writing().exists()
    if way == ToldBy.TELEPHONE and not is_call_enough(case, in_writing=in_writing):
        raise NotAllowed(case, Verb.NOTE, str(NO_CALL))
    at, way_told = clock.now(), str(ToldBy(way).label)
    with transaction.atomic():
        for one in ManualNotice.objects.told_with(notice).select_related("mail"):
            is_last = one.pk == notice.pk
            both, is_sealed = is_last and is_addressed, case.status in OTHER_PROCEDURES
            verb = Verb.READ_CONTACTS if both and not is_sealed else Verb.NOTE
            with moving(case, verb, by=by, note=(note if is_last else "") or way_told) as move:
                if not ManualNotice.objects.filter(pk=one.pk, given_at=None).update(
                    given_at=at, given_by=by, way=way
                ):
                    raise NotAllowed(case, Verb.NOTE, _("A colleague has already told the sender."))
                move.payload = ToldByHand(
                    told=one.mail.template,
                    way=str(way),
                    told_on=told_on if told_on != clock.today() else None,
                    addressed=one.mail.template if both and is_sealed else None,
                )
    notice.refresh_from_db()
