"""What to do first with a case that is not so far yet as an act on many cases needs it."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.cases.petition_graph import PETITION_GRAPH

#: The way of a petition to whoever answers it: the next step from where it stands.
_NEXT: Final = {
    Status.SUBMITTED: Verb.RECEIVE,
    Status.RECEIVED: Verb.FORWARD,
    Status.RETURNED: Verb.FORWARD,
}
#: What comes on that way, or once it is gone.
_LATER: Final = frozenset({Verb.FORWARD, Verb.ASSIGN, Verb.REMIND, Verb.EXTEND_DEADLINE})


def what_first(case: Case, name: str) -> str:
    """`name`: of the act; empty where no step before it is missing."""
    step = _NEXT.get(Status(case.status)) if name in _LATER else None
    if step is None or PETITION_GRAPH.find(name, case.status) is not None:
        return ""
    return _("Receive it first.") if step == Verb.RECEIVE else _("Forward it to a unit first.")


def may_be_taken_in(case: Case, name: str) -> bool:
    """Whether receiving and forwarding it in one go is what was meant."""
    return bool(what_first(case, name)) and name == Verb.FORWARD
