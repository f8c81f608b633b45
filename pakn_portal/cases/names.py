"""Names for the codes and keys in the register's data, and who acted for the Ministry Office."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from typing import Any

from django.contrib.auth import get_user_model

from pakn_portal import permissions
from pakn_portal.cases.enums import Right, Verb
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.cases.petition_graph import TRANSITIONS
from pakn_portal.people.accounts import key_of
from pakn_portal.people.names import person
from pakn_portal.people.scope import Scope
from pakn_portal.snippets.models import Agency, RefusalReason, Sector

#: Verbs done in the name of the Ministry Office, whoever of it pressed the button.
_OFFICE_RIGHTS = frozenset({Right.INTAKE, Right.LEADER, Right.SYSTEM, Right.SENDER})


class Names:
    """Names for the codes and keys in the events' data, each list read once."""

    def __init__(self, case: Case, events: Iterable[CaseEvent], scope: Scope) -> None:
        self.case = case
        self._scope = scope
        self._events = list(events)
        self.officers = self._officers()
        self.reasons = self._named(RefusalReason, "reason")
        self.agencies = self._named(Agency, "agency")
        self.sectors = self._named(Sector, "sector")
        self.leaders = self._leaders()
        self.open_cases = self._open_cases()
        #: Lines that write an earlier one anew.
        self.corrections = frozenset(_corrections(self._events))

    def of(self, case: Case) -> Names:
        """The same names for another case of the events. No query."""
        names = copy(self)
        names.case = case
        return names

    def _codes(self, key: str) -> set[Any]:
        return {event.data[key] for event in self._events if event.data.get(key)}

    def _named(self, model: Any, key: str) -> dict[str, str]:
        codes = self._codes(key)
        return dict(model.objects.filter(code__in=codes).values_list("code", "name")) if codes else {}

    def _officers(self) -> dict[int | str, str]:
        keys = self._codes("officer")
        users = get_user_model()._default_manager.filter(pk__in=keys) if keys else []
        return {key_of(user): person(user) for user in users}

    def _open_cases(self) -> set[str]:
        """Numbers of the other cases that this reader may open."""
        numbers = self._codes("master") | self._codes("joined_before")
        found = Case.objects.within(self._scope).filter(number__in=numbers)
        return set(found.values_list("number", flat=True)) if numbers else set()

    def _leaders(self) -> set[Any]:
        """Who of those that acted is a leader of the ministry: forwarding is open to them too."""
        actors = {event.by_id for event in self._events if event.by_id and is_of_office(event)}
        codename = permissions.LEAD.split(".")[1]
        users = get_user_model()._default_manager.filter(
            pk__in=actors, groups__permissions__codename=codename
        )
        return set(users.values_list("pk", flat=True)) if actors else set()


def _corrections(events: Iterable[CaseEvent]) -> Iterator[int]:
    """Hand-overs after another one; what was taken up again meanwhile is handed over anew."""
    is_handed_over = False
    for event in sorted(events, key=lambda event: event.sequence):
        if event.verb == Verb.HAND_OVER:
            if is_handed_over:
                yield event.pk
            is_handed_over = True
        elif event.verb == Verb.TAKE_UP_AGAIN:
            is_handed_over = False


def is_of_office(event: CaseEvent) -> bool:
    if event.verb == Verb.SUBMIT:
        return True
    rights = [
        row.rights for row in TRANSITIONS if row.verb == event.verb and event.from_status in row.sources
    ]
    return bool(rights) and all(some <= _OFFICE_RIGHTS for some in rights)
