"""Join a case to another about the same matter."""

from __future__ import annotations

from django.utils.translation import gettext as _

from pakn_portal.cases.enums import DELIVERED, Right, Verb
from pakn_portal.cases.events import Joined
from pakn_portal.cases.models import Case
from pakn_portal.cases.moves import moving
from pakn_portal.cases.rights import rights_to
from pakn_portal.flow.errors import Conflict, NotAllowed
from pakn_portal.people.actor import Actor
from pakn_portal.people.scope import scope_of


def mark_duplicate(case: Case, *, master: Case, by: Actor, note: str = "") -> None:
    """Close as the same matter as `master`; the sender hears when its answer is published. When it ends
    otherwise, the Ministry Office is told and may re-open this one. Cases that are joined to this one are
    joined to `master` with it, and their senders told: nobody waits for a case that waits itself. Event:
    mark_duplicate, in the register of each.
    """
    joined = list(case.duplicates.values_list("pk", flat=True))
    beside = [master.pk, *joined]
    with moving(case, Verb.MARK_DUPLICATE, by=by, note=note, beside=beside) as move:
        master = Case.objects.get(pk=master.pk)
        _check_master(move.subject, master, by)
        move.subject.master = master
        move.payload = Joined(master=master.number)
        for each in move.subject.duplicates.order_by("pk"):
            if each.pk not in joined:  # in this very moment
                raise Conflict(move.subject, None)
            with moving(each, Verb.MARK_DUPLICATE, by=by, acting_as=Right.SYSTEM) as moved:
                moved.subject.master = master
                moved.payload = Joined(master=master.number, joined_before=case.number)


def _check_master(case: Case, master: Case, by: Actor) -> None:
    """Whether a case may be joined to this one as it stands now, both rows being ours."""
    if by is not None and not rights_to(scope_of(by), master):
        raise NotAllowed(case, Verb.MARK_DUPLICATE, no_such_case())
    if master.pk == case.pk:
        raise NotAllowed(case, Verb.MARK_DUPLICATE, this_very_case())
    if master.master_id is not None:
        raise NotAllowed(case, Verb.MARK_DUPLICATE, _("Choose another case that is not itself a duplicate."))
    if not (master.is_open or master.status in DELIVERED):
        raise NotAllowed(
            case,
            Verb.MARK_DUPLICATE,
            _("Case %(number)s ended without an answer to read. Handle this one by itself.")
            % {"number": master.number},
        )


def no_such_case() -> str:
    """Also for a case that the person must not know of."""
    return _("There is no case with this number.")


def this_very_case() -> str:
    return _("This is the very case at hand. Write the number of the other one.")
