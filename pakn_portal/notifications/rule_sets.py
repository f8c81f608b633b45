"""What the verbs of a procedure tell by mail, and whom: one rule set for each procedure, registered."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from pakn_portal.flow.procedure import procedure_of
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.people.scope import scope_of
from pakn_portal.submissions.models import Sender


class NotTheirs(Exception):
    """The colleague may see nothing of what this mail is about."""


@dataclass(frozen=True)
class Rule:
    """After this verb this template goes to these people; `to` is a word of the rule set's own."""

    verb: str
    template: str
    to: str


@dataclass(frozen=True)
class Recipient:
    """A sender or a colleague, and the subject their mail names and links to; None: one they cannot open."""

    about: Any
    sender: Sender | None = None
    user: Any = None


class RuleSet(ABC):
    """The mails of one procedure. A mail is a line of `rules` and a template in `templates/…/mail/`."""

    #: The name of its graph.
    procedure: ClassVar[str]
    rules: ClassVar[tuple[Rule, ...]]
    #: The template that carries the secret of a new subject; none where there is no secret.
    carries_secret: ClassVar[str] = ""

    @abstractmethod
    def recipients(self, to: str, subject: Any, event: Any) -> Iterable[Recipient]:
        """Everybody with an address whom this word of a rule means, each once."""

    @abstractmethod
    def words(self, subject: Any, mail: OutgoingMail) -> dict[str, Any]:
        """What the template may use beside the mail's own context: names and links, read as it leaves."""

    def rules_of(self, subject: Any, event: Any) -> list[Rule]:
        """The rules that hold for this line of the register."""
        return [rule for rule in self.rules if rule.verb == event.verb]

    def told(self, rule: Rule, subject: Any, event: Any) -> dict[str, Any]:
        """What is kept with the mail: codes, dates and the note, whose personal data is masked. Nothing about
        the sender.
        """
        values = {key: value for key, value in event.data.items() if value not in (None, "")}
        return {**values, "note": event.note} if event.note else values

    def more(self, subject: Any, event: Any) -> list[OutgoingMail]:
        """Mails of this line that no rule tells. Not saved."""
        return []

    def leave_out_hidden(self, subject: Any, mail: OutgoingMail) -> None:
        """Take from this mail to a colleague, which is not saved, what they may not see now. Raises NotTheirs
        where nothing is left.
        """
        if not procedure_of(subject).rights_to(scope_of(mail.to_user), subject):
            raise NotTheirs


_REGISTERED: dict[str, RuleSet] = {}


def register_rules(rule_set: RuleSet) -> None:
    """Make it known; called once, when the app that has the procedure is ready."""
    _REGISTERED[rule_set.procedure] = rule_set


def rule_set_of(subject: Any) -> RuleSet | None:
    """By the subject's procedure; None for one that writes no mails."""
    return _REGISTERED.get(subject.procedure)


def written(template: str, found: Iterable[Recipient], context: dict[str, Any]) -> list[OutgoingMail]:
    """One mail for each of them. Not saved."""
    return [
        OutgoingMail(template=template, to_sender=who.sender, to_user=who.user, context=dict(context)).about(
            who.about
        )
        for who in found
    ]
