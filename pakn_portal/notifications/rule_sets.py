"""What mails say and who may read them: one mail set for each thing that writes mails, registered. That of a
procedure is a rule set, which also says which verb writes which mail to whom.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from pakn_portal.flow.procedure import procedure_of, procedures
from pakn_portal.flow.tables import VerbTable, every_verb
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.people.scope import scope_of
from pakn_portal.submissions.limits import Limit
from pakn_portal.submissions.models import Sender


class NotTheirs(Exception):
    """Whoever gets this mail may see nothing of what it is about."""


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


@dataclass(frozen=True)
class MailVariable:
    """What the ministry's own words of a mail may name: in Vietnamese, as `text/variables.py` reads it.
    `key`: where it stands in the mail's context, with points between. `sample`: for a look beforehand.
    """

    name: str
    key: str
    sample: str
    #: The words would say nothing without it, so a text that leaves it out is refused.
    is_needed: bool = False
    #: Short, and nobody's words, so that it may stand in a subject, which everybody's list of mails shows.
    fits_subject: bool = False


class MailSet(ABC):
    """Mails of one kind. Each is a template in `templates/…/mail/`."""

    #: Templates that no rule sends, with what each tells of.
    names: ClassVar[Mapping[str, Any]] = {}
    #: Relations of an OutgoingMail that the words of these mails read.
    joins: ClassVar[tuple[str, ...]] = ()
    #: Templates of which one address gets no more than so many; the others are withheld.
    limits: ClassVar[Mapping[str, Limit]] = {}

    #: Template → what the ministry's own words of it may name; a mail that is not here cannot be changed.
    variables: ClassVar[Mapping[str, tuple[MailVariable, ...]]] = {}
    #: The same of mails to colleagues.
    staff_variables: ClassVar[Mapping[str, tuple[MailVariable, ...]]] = {}

    @abstractmethod
    def words(self, subject: Any, mail: OutgoingMail) -> dict[str, Any]:
        """What the template may use beside the mail's own context: names and links, read as it leaves."""

    def name_of(self, template: str) -> str:
        """What this mail tells of; its own subject line would name more."""
        return str(self.names.get(template, template))

    def is_hollow(self, subject: Any, mail: OutgoingMail) -> bool:
        """Whether what this mail brings its sender is not theirs any more, so that it does not leave."""
        return False

    def leave_out_hidden(self, subject: Any, mail: OutgoingMail) -> None:
        """Take from this mail to a colleague, which is not saved, what they may not see now. Raises NotTheirs
        where nothing is left.
        """
        return


class RuleSet(MailSet):
    """The mails of one procedure. A mail is a line of `rules` and a template."""

    #: The name of its graph.
    procedure: ClassVar[str]
    rules: ClassVar[tuple[Rule, ...]]
    #: Verbs of which nobody is told by mail, so that one that was forgotten is found.
    silent: ClassVar[frozenset[str]] = frozenset()
    #: The template that carries the secret of a new subject; none where there is no secret.
    carries_secret: ClassVar[str] = ""

    @abstractmethod
    def recipients(self, to: str, subject: Any, event: Any) -> Iterable[Recipient]:
        """Everybody whom this word of a rule means, each once: senders, and colleagues with an address."""

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

    def is_told_at_once(self, mail: OutgoingMail, event: Any) -> bool:
        """Whether a sender without e-mail has read on the screen what this mail says, so that nobody needs to
        tell them.
        """
        return False

    def teller(self, mail: OutgoingMail, event: Any) -> Any:
        """The unit that has to tell a sender without e-mail; None for the Ministry Office."""
        return None

    def name_of(self, template: str) -> str:
        """The verb after which it is written."""
        verbs = [rule.verb for rule in self.rules if rule.template == template]
        if template in self.names or not verbs:
            return super().name_of(template)
        graph = next(one.graph for one in procedures() if one.graph.name == self.procedure)
        return str(graph.verbs(verbs[-1]).label)

    def leave_out_hidden(self, subject: Any, mail: OutgoingMail) -> None:
        if not procedure_of(subject).rights_to(scope_of(mail.to_user), subject):
            raise NotTheirs


#: Verb → the rules of its mails.
MAILS: Final[VerbTable[tuple[Rule, ...]]] = VerbTable("mails", wants=every_verb)

_SETS: dict[str, MailSet] = {}
_OF_PROCEDURE: dict[str, RuleSet] = {}


def register_mails(mails: MailSet) -> None:
    """Make it known; called once, when the app that has it is ready."""
    _SETS.update(dict.fromkeys(mails.names, mails))


def register_rules(rule_set: RuleSet) -> None:
    """Make the mails of a procedure known; called once, when the app that has the procedure is ready."""
    register_mails(rule_set)
    _OF_PROCEDURE[rule_set.procedure] = rule_set
    verbs = dict.fromkeys(rule.verb for rule in rule_set.rules)
    rows = {verb: tuple(rule for rule in rule_set.rules if rule.verb == verb) for verb in verbs}
    MAILS.add(rule_set.procedure, rows, without=rule_set.silent)


def rule_set_of(subject: Any) -> RuleSet | None:
    """By the subject's procedure; None for one that writes no mails."""
    return _OF_PROCEDURE.get(subject.procedure)


def mail_set_of(mail: OutgoingMail) -> MailSet | None:
    """By its template, or else by the procedure of what it is about; None for one that nobody registered."""
    return _SETS.get(mail.template) or _OF_PROCEDURE.get(mail.procedure)


def mail_sets() -> list[MailSet]:
    """All that are registered, each once."""
    return list(dict.fromkeys([*_SETS.values(), *_OF_PROCEDURE.values()]))


def editable_mails() -> dict[str, tuple[MailVariable, ...]]:
    """Template → variables, of every mail whose words the ministry may change: those to senders first."""
    to_senders = {name: rows for mails in mail_sets() for name, rows in mails.variables.items()}
    return to_senders | {name: rows for mails in mail_sets() for name, rows in mails.staff_variables.items()}


def goes_to_staff(template: str) -> bool:
    """Whether colleagues are to read it, of a mail whose words may be changed."""
    return any(template in mails.staff_variables for mails in mail_sets())


def is_of_one_case(template: str) -> bool:
    """Whether its words may name the number of the case; others list many, or are about something else."""
    return any(one.key == "number" for one in editable_mails().get(template, ()))


def name_of_mail(template: str) -> str:
    """What a mail whose words may be changed tells of."""
    found = (mails for mails in mail_sets() if template in {**mails.variables, **mails.staff_variables})
    return next((mails.name_of(template) for mails in found), template)


def written(template: str, found: Iterable[Recipient], context: dict[str, Any]) -> list[OutgoingMail]:
    """One mail for each of them. Not saved."""
    return [
        OutgoingMail(template=template, to_sender=who.sender, to_user=who.user, context=dict(context)).about(
            who.about
        )
        for who in found
    ]
