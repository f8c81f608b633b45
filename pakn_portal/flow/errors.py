"""Why a verb was refused, as a sentence for the person who pressed the button."""

from __future__ import annotations

from typing import Any

from django.db.models import TextChoices
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pakn_portal.flow.procedure import procedure_of
from pakn_portal.people.names import person


class MoveError(Exception):
    """A verb could not be carried out; `str(error)` is the sentence to show."""


class IllegalMove(MoveError):
    """The procedure has no such move from where the subject stands."""

    def __init__(self, subject: Any, verb: TextChoices) -> None:
        self.subject, self.verb = subject, verb
        super().__init__(
            _("“%(verb)s” is not possible: %(subject)s is now “%(status)s”.")
            % {"verb": verb.label, **_named(subject)}
        )


class NotAllowed(MoveError):
    """The procedure has the move, but not for this person, or not like this."""

    def __init__(self, subject: Any, verb: TextChoices, reason: str = "") -> None:
        self.subject, self.verb = subject, verb
        super().__init__(
            reason or _("You may not do “%(verb)s” in %(subject)s.") % {"verb": verb.label, **_named(subject)}
        )


class Forbidden(NotAllowed):
    """A guard of the move forbids it as things stand."""


class Conflict(MoveError):
    """Somebody else changed the subject since it was read (F11). `last`: the line they wrote."""

    def __init__(self, subject: Any, last: Any) -> None:
        self.subject, self.last = subject, last
        super().__init__(self._sentence(subject, last))

    @staticmethod
    def _sentence(subject: Any, last: Any) -> str:
        named = _named(subject)
        if last is None:
            sentence = _("%(subject)s has changed meanwhile. Look at it again.")
            return sentence % {**named, "subject": capfirst(named["subject"])}
        graph = procedure_of(subject).graph
        return _("%(who)s was faster: “%(verb)s”, so %(subject)s is now “%(status)s”. Look at it again.") % {
            **named,
            "who": person(last.by) or _("the system"),
            "verb": graph.verbs(last.verb).label,
            "status": graph.statuses(last.to_status).label,
        }


def _named(subject: Any) -> dict[str, Any]:
    procedure = procedure_of(subject)
    status = procedure.graph.statuses(subject.status).label
    return {"subject": procedure.describe(subject), "status": status}
