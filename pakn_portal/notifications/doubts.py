"""A refusal at RCPT is about that mailbox, unless several different ones are refused alike in a row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.refusals import Refusal, recipient_of

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
    """The refusals of one run since the server last took a mail."""

    _open: list[Doubt] = field(default_factory=list)

    def add(self, mail: OutgoingMail, refusal: Refusal, error: Exception) -> None:
        self._open.append(Doubt(mail, refusal, *recipient_of(error)))

    def is_server(self) -> bool:
        """Whether the last one and those before it say that nobody is taken now."""
        last = self._open[-1]
        return len({doubt.address for doubt in self._open if doubt.codes == last.codes}) >= ALIKE

    def settle(self) -> list[Doubt]:
        """All of them, once it is known what they were about."""
        settled, self._open = self._open, []
        return settled
