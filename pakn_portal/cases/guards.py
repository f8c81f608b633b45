"""What forbids a move of a sealed case, as a sentence; see `flow.graph.Guard`."""

from __future__ import annotations

from django.utils.translation import gettext as _

from pakn_portal.cases.enums import Verb
from pakn_portal.cases.models import Case
from pakn_portal.people.actor import Actor


def settled(case: Case, by: Actor) -> str:
    """Nothing is left to do for whoever keeps it."""
    if not case.settled_as:
        return ""
    return _("It is settled: “%(end)s”. Take it up again first.") % {"end": case.get_settled_as_display()}


def not_settled(case: Case, by: Actor) -> str:
    return "" if case.settled_as else _("It is not settled yet.")


def locked_by_confirmer(case: Case, by: Actor) -> str:
    """Four eyes before everything of it goes. Whoever confirmed another case and thereby locked this one has
    locked it too.
    """
    locks = case.events.filter(verb=Verb.HOLD).order_by("sequence")
    locked_by = locks.values_list("by_id", flat=True).last()
    if by is None or by.pk == locked_by:
        return _("You locked this case, so another keeper of sealed cases must confirm it.")
    return ""
