"""The second part of an answer's way out: it reaches whoever asked.

A row of the graph names it as what is done `then`. For a petition that is the row of the approval. Where
somebody signs what was approved, it is the row of the signature, and the approval only approves.
"""

from __future__ import annotations

from pakn_portal.answers.told.together import tell_all
from pakn_portal.cases.moves import CaseMove


def deliver(move: CaseMove) -> None:
    """The case comes out as its answer says. That the status changes, the clock stops and the sender is
    told comes from the row and the mails of the move's verb. So are the senders of the cases joined to it.
    """
    tell_all(move)
    move.subject.outcome = move.subject.answer.outcome
