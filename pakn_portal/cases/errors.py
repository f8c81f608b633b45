"""Why a verb was refused, as a sentence for the person who pressed the button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pakn_portal.cases.enums import Status, Verb
from pakn_portal.people.names import person

if TYPE_CHECKING:
    from pakn_portal.cases.models import Case, CaseEvent


class CaseError(Exception):
    """A verb could not be carried out; `str(error)` is the sentence to show."""


class IllegalMove(CaseError):
    """The state graph has no such move from where the case stands."""

    def __init__(self, case: Case, verb: Verb) -> None:
        self.case, self.verb = case, verb
        super().__init__(
            _("“%(verb)s” is not possible: case %(number)s is now “%(status)s”.")
            % {"verb": verb.label, "number": case.number, "status": Status(case.status).label}
        )


class NotAllowed(CaseError):
    """The graph has the move, but not for this person."""

    def __init__(self, case: Case, verb: Verb, reason: str = "") -> None:
        self.case, self.verb = case, verb
        super().__init__(
            reason
            or _("You may not do “%(verb)s” in case %(number)s.")
            % {"verb": verb.label, "number": case.number}
        )


class Forbidden(NotAllowed):
    """A guard of the move forbids it as things stand."""


class Conflict(CaseError):
    """Somebody else changed the case since it was read (F11)."""

    def __init__(self, case: Case, last: CaseEvent | None) -> None:
        self.case, self.last = case, last
        super().__init__(self._sentence(case, last))

    @staticmethod
    def _sentence(case: Case, last: CaseEvent | None) -> str:
        if last is None:
            return _("Case %(number)s has changed meanwhile. Look at it again.") % {"number": case.number}
        who = person(last.by) or _("the system")
        return _(
            "%(who)s was faster: “%(verb)s”, so case %(number)s is now “%(status)s”. Look at it again."
        ) % {
            "who": who,
            "verb": Verb(last.verb).label,
            "number": case.number,
            "status": Status(last.to_status).label,
        }
