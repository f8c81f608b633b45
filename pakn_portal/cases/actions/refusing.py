"""Refuse a case, and what is not refused."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from pakn_portal.cases.enums import Verb
from pakn_portal.cases.events import CaseRefused
from pakn_portal.cases.models import Case
from pakn_portal.cases.moves import moving
from pakn_portal.cases.notices import INSTEAD_OF_REFUSING
from pakn_portal.flow.errors import NotAllowed
from pakn_portal.people.actor import Actor
from pakn_portal.snippets.models import RefusalReason
from pakn_portal.snippets.needed import reason_not_supplemented

#: Reasons whose text speaks of a body, an answer or a letter that only the words beside it can name.
NAMED_IN_NOTE: Final = frozenset({"handled_elsewhere", "already_answered", "already_guided"})


def refuse_case(case: Case, *, reason: RefusalReason, by: Actor, note: str = "") -> None:
    """Refuse with a reason from the list (art. 7). Event: refuse; the sender is told the reason and may be
    told more in `note`, and must be where the reason does not say it (`NAMED_IN_NOTE`). A complaint, a
    denunciation, a state secret and a duplicate are not refused: refusing would leave them open to everybody
    who sees closed cases. Nor is what is outside competence: its sender is guided.
    """
    if reason.code in INSTEAD_OF_REFUSING:
        raise NotAllowed(case, Verb.REFUSE, not_refused(reason))
    if by is not None and is_unnamed(reason, note):
        raise NotAllowed(case, Verb.REFUSE, name_it())
    with moving(case, Verb.REFUSE, by=by, note=note) as move:
        move.subject.refusal_reason = reason
        move.payload = CaseRefused(reason=reason.code)


def not_refused(reason: RefusalReason) -> str:
    """Why this reason is not for refusing, and which move is."""
    verb = INSTEAD_OF_REFUSING[reason.code]
    return _("“%(reason)s” is not refused. It has an action of its own: “%(verb)s”.") % {
        "reason": reason,
        "verb": verb.label,
    }


def is_unnamed(reason: RefusalReason, note: str) -> bool:
    """The reason's text speaks of what nobody has named to the sender."""
    return reason.code in NAMED_IN_NOTE and not note.strip()


def name_it() -> str:
    """What to write beside such a reason."""
    return _(
        "Name to the sender the body, or the number and day of the answer or letter, that the reason means."
    )


def close_unanswered(case: Case) -> None:
    """The sender did not supplement in time: the system refuses. Event: refuse, reason
    `not_supplemented`.
    """
    refuse_case(case, reason=reason_not_supplemented(), by=None)
