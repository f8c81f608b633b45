from __future__ import annotations

from collections.abc import Iterator

from pakn_portal.cases.enums import DELIVERED, OPEN, Status
from pakn_portal.cases.models import Case
from pakn_portal.management.verify.progress import Progress
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.petition.rules import DUPLICATES

#: Stands for the further numbers, which a long mail only counts.
_MORE = "more"


def told(progress: Progress) -> Iterator[str]:
    """The master of a joined case is open or answered; if not, the Ministry Office was informed."""
    joined = Case.objects.exclude(master=None).order_by("pk")
    for number, master, further in (
        joined.exclude(master__master=None)
        .values_list("number", "master__number", "master__master__number")
        .iterator()
    ):
        yield f"{number} is joined to {master}, which is joined to {further} itself"
    left = joined.filter(status=Status.DUPLICATE, master__master=None).exclude(
        master__status__in=OPEN | DELIVERED
    )
    rows = list(left.values_list("number", "master__number", "master__status"))
    known = _known({master for _number, master, _status in rows})
    for number, master, status in rows:
        if not {number, _MORE} & known.get(master, set()):
            yield f"{number} is joined to {master}, which is {status}, and nobody was told"


def _known(masters: set[str]) -> dict[str, set[str]]:
    """For each master case, the numbers of which the Ministry Office was informed."""
    known: dict[str, set[str]] = {}
    contexts = OutgoingMail.objects.filter(template=DUPLICATES).values_list("context", flat=True)
    for context in contexts.iterator() if masters else ():
        if context.get("of") in masters:
            numbers = known.setdefault(context["of"], set())
            numbers.update(context.get("numbers", []), [_MORE] if context.get("more") else [])
    return known
