"""A refusal at RCPT is about that mailbox, unless several different ones are refused alike in a row, or all
of its domain: that mails are taken elsewhere says nothing about a server that turns ours away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.outbox.refusals import Refusal, domain_of, recipient_of

#: So many different recipients refused alike, and nobody taken between: it is the server.
ALIKE: Final = 3


@dataclass(frozen=True)
class Doubt:
    mail: OutgoingMail
    refusal: Refusal
    address: str
    codes: tuple[str, ...]


@dataclass
class Doubts:
    """The refusals of one run that are still unexplained."""

    _open: list[Doubt] = field(default_factory=list)
    #: Those since the server last took a mail for anybody.
    _in_a_row: list[Doubt] = field(default_factory=list)

    def add(self, mail: OutgoingMail, refusal: Refusal, error: Exception) -> None:
        doubt = Doubt(mail, refusal, *recipient_of(error))
        self._open.append(doubt)
        self._in_a_row.append(doubt)

    def is_server(self) -> bool:
        """Whether the last one and those before it say that nobody is taken now."""
        last = self._in_a_row[-1]
        return len({doubt.address for doubt in self._in_a_row if doubt.codes == last.codes}) >= ALIKE

    def taken_at(self, domain: str) -> list[Doubt]:
        """Those of a domain that has just taken a mail: the mailbox was meant."""
        self._in_a_row = []
        return self._leave([doubt for doubt in self._open if domain_of(doubt.address) == domain])

    def of_server(self) -> list[Doubt]:
        """Those in a row: the server was meant."""
        settled, self._in_a_row = self._in_a_row, []
        return self._leave(settled)

    def _leave(self, settled: list[Doubt]) -> list[Doubt]:
        self._open = [doubt for doubt in self._open if doubt not in settled]
        return settled
