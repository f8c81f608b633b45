"""Behind a lock: the sender does not know of it, so they go on as before, and it counts once it is lifted.

What they do meanwhile is a note in the register (`data["sender"]` is the verb), read here and nowhere else.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F

from pakn_portal import clock
from pakn_portal.cases.enums import Right, Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.cases.petition_graph import PETITION_GRAPH, TRANSITIONS
from pakn_portal.flow.graph import RESUME

if TYPE_CHECKING:
    from pakn_portal.cases.models import CaseEvent

#: These lead back, so they are no entry into a pause or lock.
_RESUMING = {row.verb for row in TRANSITIONS if row.target == RESUME}


def came_from(case: Case, status: str) -> str:
    """Where the case stood when it last entered this pause or lock; told by the register."""
    entries = case.events.filter(to_status=status).exclude(from_status=status).exclude(verb__in=_RESUMING)
    return entries.order_by("sequence").values_list("from_status", flat=True).last() or ""


def acts_of_sender(case: Case) -> list[CaseEvent]:
    """The notes of what the sender did since the case was locked, in their order."""
    locked = case.events.filter(verb=Verb.HOLD).order_by("sequence").values_list("sequence", flat=True).last()
    notes = case.events.filter(verb=Verb.NOTE, sequence__gt=locked or 0).order_by("sequence")
    return [note for note in notes if note.data.get("sender")]


def last_act_of_sender(case: Case) -> str:
    """The verb of what they did last since the case was locked; after a withdrawal there is nothing more."""
    acts = acts_of_sender(case)
    return acts[-1].data["sender"] if acts else ""


def status_behind(case: Case) -> str:
    """Where a locked case will stand once it is unlocked.

    The lock took a published answer off the site, so that case is answered again; a publisher may publish it
    anew.
    """
    status = came_from(case, Status.SECRET_HOLD)
    for act in acts_of_sender(case):
        verb = act.data["sender"]
        if verb == Verb.WITHDRAW:
            status = Status.WITHDRAWN
        elif verb == Verb.SUPPLEMENT and status == Status.NEED_INFO:
            status = came_from(case, Status.NEED_INFO)
    return Status.ANSWERED if status == Status.PUBLISHED else status


def status_for_sender(case: Case) -> str:
    """Where the case stands as far as its sender knows. A case that was closed before shows its lock, without
    naming it.
    """
    if case.status == Status.SECRET_HOLD and case.closed_on is None:
        return status_behind(case)
    return case.status


def answered_behind(case: Case) -> date | None:
    """When the sender answered, behind the lock, what they were asked; None when they did not."""
    acts = [act for act in acts_of_sender(case) if act.data["sender"] == Verb.SUPPLEMENT]
    return clock.local_date(acts[-1].at) if acts else None


def sender_may(case: Case, verb: Verb) -> bool:
    """Whether the sender may do this, as far as they know."""
    transition = PETITION_GRAPH.find(verb, status_for_sender(case))
    return transition is not None and Right.SENDER in transition.rights


def is_from_before_the_wipe(pk: int, version: int | None = None) -> bool:
    """Whether the case is kept on paper only, and whoever read it in this version read it before that. In the
    transaction that keeps what they wrote: whoever confirms the secret meanwhile finds it, or is waited for.
    Two queries.
    """
    rows = Case.objects.filter(pk=pk)
    if rows.filter(status=Status.SECRET_HOLD).update(version=F("version")):
        return False
    on_paper = rows.filter(status=Status.ON_PAPER)
    return (on_paper if version is None else on_paper.exclude(version=version)).exists()


def is_one_from_before_the_wipe(versions: dict[int, int]) -> bool:
    """Like `is_from_before_the_wipe` for a form about several cases: each with the version that it showed."""
    rows = Case.objects.filter(pk__in=versions)
    rows.filter(status=Status.SECRET_HOLD).update(version=F("version"))
    on_paper = rows.filter(status=Status.ON_PAPER).values_list("pk", "version")
    return any(versions[pk] != version for pk, version in on_paper)
