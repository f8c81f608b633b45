"""Lines that leave the case where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext as _

from pakn_portal.cases import due_dates
from pakn_portal.cases.enums import Verb
from pakn_portal.cases.events import (
    LetterAddressed,
    NewCode,
    Recalculated,
)
from pakn_portal.cases.models import Case
from pakn_portal.cases.moves import moving
from pakn_portal.cases.rights import may_address
from pakn_portal.flow.errors import NotAllowed
from pakn_portal.languages import speaking
from pakn_portal.people.actor import Account, Actor
from pakn_portal.people.scope import scope_of


def add_note(case: Case, *, by: Actor, note: str) -> None:
    """A word for colleagues, kept in the register; neither sender nor public see it. Event: note."""
    with moving(case, Verb.NOTE, by=by, note=note):
        pass


def tell_new_code(case: Case) -> None:
    """Write into the register that the sender got a new tracking code (`submissions.mail_links`). Event:
    note.
    """
    with moving(case, Verb.NOTE, by=None) as move:
        move.payload = NewCode()


def read_contacts(case: Case, *, by: Actor) -> None:
    """Somebody looks at the sender's address, telephone and e-mail: write that down (P5). Event:
    read_contacts.
    """
    with moving(case, Verb.READ_CONTACTS, by=by):
        pass


@contextmanager
def with_address(case: Case, addressed: str, *, by: Account) -> Iterator[None]:
    """A keeper of sealed cases makes a letter with the sender's address on it, and on nothing else: write
    that down, each time. `addressed`: which letter. What is to be looked at under the lock goes inside.
    Event: note. Raises MoveError.
    """
    if not may_address(scope_of(by), case):
        raise NotAllowed(case, Verb.NOTE)
    # in the words of the site, for the register is kept for good
    with speaking():
        told = _("Letter with the sender's address, to be printed and sent")
    with moving(case, Verb.NOTE, by=by, note=told) as move:
        move.payload = LetterAddressed(addressed=addressed)
        yield


def recalculate_deadline(case: Case) -> bool:
    """Compute again, after the calendar changed, the dates that count where the case stands: reply, intake,
    supplement. True when one moved. Open cases only. Event: recalculate, with each date and the one before.
    """
    moved = due_dates.moved_dates(case)
    if not moved:
        return False
    with moving(case, Verb.RECALCULATE, by=None) as move:
        before = {f"{name}_before": getattr(case, name) for name in moved}
        told: dict[str, Any] = {**moved, **before}
        move.payload = Recalculated(**told)
        for name, day in moved.items():
            setattr(move.subject, name, day)
    return True
