"""Who a mail goes to: senders, and the users behind a role in one case. Each kind of `To` is one line of
`_FINDERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

from pakn_portal import permissions
from pakn_portal.answers.models import PublicText
from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.cases.querysets import CaseQuerySet
from pakn_portal.notifications.petition.rules import To
from pakn_portal.notifications.rule_sets import Recipient
from pakn_portal.people.accounts import is_reachable
from pakn_portal.people.at_hand import AtHand, holders_of

FindRecipients = Callable[[Case, CaseEvent], Iterable[Recipient]]
FindUsers = Callable[[Case, CaseEvent], Iterable[Any]]


def recipients_of(to: To, case: Case, event: CaseEvent) -> list[Recipient]:
    """Each once: senders, also those whom somebody has to tell, and colleagues with an address."""
    return list(_FINDERS[to](case, event))


def duplicates_of(case: Case) -> CaseQuerySet:
    """The cases that still wait for what becomes of this one."""
    return case.duplicates.filter(status=Status.DUPLICATE).order_by("pk")


def intake_staff() -> QuerySet[Any]:
    return holders_of(permissions.INTAKE)


def _senders(cases: Iterable[Case]) -> Iterator[Recipient]:
    return (Recipient(case, sender=case.submission.sender) for case in cases)


def _colleagues(find: FindUsers) -> FindRecipients:
    """Without whoever did it."""

    def found(case: Case, event: CaseEvent) -> Iterator[Recipient]:
        users = _reachable(find(case, event))
        return (Recipient(case, user=user) for user in users if user.pk != event.by_id)

    return found


def _reachable(users: Iterable[Any]) -> list[Any]:
    """Active users with an address, each once."""
    found = {user.pk: user for user in users if user is not None}
    return [user for user in found.values() if is_reachable(user)]


def _senders_of_duplicates(case: Case, event: CaseEvent) -> Iterable[Recipient]:
    return _senders(duplicates_of(case).select_related("submission__sender"))


def _intake_for_duplicates(case: Case, event: CaseEvent) -> Iterable[Recipient]:
    """The whole Ministry Office, whoever of it acted: somebody has to take the duplicates up.

    The office cannot open a sealed case, so that mail is not about the case and links to the worklist.
    """
    return office_about(case) if duplicates_of(case).exists() else []


def office_about(case: Case) -> list[Recipient]:
    about = None if case.is_sealed else case
    return [Recipient(about, user=user) for user in _reachable(intake_staff())]


def sender_of(case: Case) -> list[Recipient]:
    return list(_senders([case]))


def _intake(case: Case, event: CaseEvent) -> Iterable[Any]:
    return intake_staff()


def _unit(case: Case, event: CaseEvent) -> Iterable[Any]:
    return contacts_of(event.unit_id, AtHand([event.unit_id])) if event.unit_id else []


def contacts_of(unit_id: int, at_hand: AtHand) -> Iterable[Any]:
    """Who hears for a unit; the Ministry Office where nobody of it can act and be written to."""
    return at_hand.contacts(unit_id, is_reachable) or intake_staff()


def _handler(case: Case, event: CaseEvent) -> Iterable[Any]:
    if case.lead_unit_id is None:
        return intake_staff()
    at_hand = AtHand([case.lead_unit_id])
    officer = at_hand.person(case.officer_id, case.lead_unit_id, is_reachable)
    return officer or contacts_of(case.lead_unit_id, at_hand)


def _desk(case: Case, event: CaseEvent) -> Iterable[Any]:
    at_hand = AtHand([case.lead_unit_id])
    officer = at_hand.person(case.officer_id, case.lead_unit_id, is_reachable)
    return [*officer, *contacts_of(case.lead_unit_id, at_hand)] if case.lead_unit_id else []


def _head(case: Case, event: CaseEvent) -> Iterable[Any]:
    """Who can approve: the head, one above, a leader of the ministry; else the unit, to see to it."""
    if case.lead_unit_id is None:
        return []
    at_hand = AtHand([case.lead_unit_id])
    found = at_hand.heads(case.lead_unit_id, is_reachable) or _reachable(holders_of(permissions.LEAD))
    return found or contacts_of(case.lead_unit_id, at_hand)


def publishers() -> Iterable[Any]:
    """Who releases answers; the Ministry Office while nobody does."""
    return _reachable(holders_of(permissions.PUBLISH)) or _reachable(intake_staff())


def keepers_of_sealed() -> list[Any]:
    return _reachable(holders_of(permissions.READ_SEALED))


def _publishers(case: Case, event: CaseEvent) -> Iterable[Any]:
    return publishers()


def _preparer(case: Case, event: CaseEvent) -> Iterable[Any]:
    """Whoever prepared the public text, or else who has the case."""
    text = PublicText.objects.select_related("prepared_by").filter(case=case).first()
    found = _reachable([text.prepared_by]) if text is not None else []
    return found or _handler(case, event)


_FINDERS: dict[To, FindRecipients] = {
    To.SENDER: lambda case, event: sender_of(case),
    To.SENDERS_OF_DUPLICATES: _senders_of_duplicates,
    To.INTAKE: _colleagues(_intake),
    To.INTAKE_FOR_DUPLICATES: _intake_for_duplicates,
    To.UNIT: _colleagues(_unit),
    To.HANDLER: _colleagues(_handler),
    To.HEAD: _colleagues(_head),
    To.DESK: _colleagues(_desk),
    To.PUBLISHERS: _colleagues(_publishers),
    To.PREPARER: _colleagues(_preparer),
}
