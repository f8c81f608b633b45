"""The list of invariants."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pakn_portal.management.verify import (
    deadlines,
    figures,
    files,
    hands,
    joined,
    leftovers,
    lists,
    mails,
    numbers,
    outside,
    privacy,
    publication,
    receipts,
    register,
    routing,
    words,
)
from pakn_portal.management.verify.progress import Progress


@dataclass(frozen=True)
class Invariant:
    """`find` yields one short line for each offence, nothing if the rule holds."""

    code: str
    sentence: str
    find: Callable[[Progress], Iterator[str]]


INVARIANTS: tuple[Invariant, ...] = (
    Invariant("I1", "What was accepted has a case, a register and its receipt mail.", receipts.accepted),
    Invariant("I2", "One form makes one case.", receipts.once),
    Invariant("I3", "Nothing a sender told about themselves stands where others read it.", privacy.leaks),
    Invariant(
        "I4",
        "What is published is word for word what was released, and no answer has a copy.",
        publication.released,
    ),
    Invariant("I5", "The register of each case is complete and unchanged.", register.intact),
    Invariant("I6", "Each open case has an owner and a next step.", routing.owned),
    Invariant("I7", "Each due date can be computed again from what is stored.", deadlines.recomputed),
    Invariant("I8", "No sealed case is public or in the index.", privacy.sealed),
    Invariant("I9", "Nobody has the right to delete a case or to change its register.", register.undeletable),
    Invariant("I10", "Each mail is sent and marked, or waits for less than a day.", mails.sent),
    Invariant("I11", "Files and rows belong together.", files.matched),
    Invariant("I12", "Case numbers are unique and without gaps in each year.", numbers.gapless),
    Invariant(
        "I13",
        "Nobody approved a draft they had saved, released words they had a hand in, or confirmed a secret "
        "they locked.",
        hands.kept_apart,
    ),
    Invariant("I14", "Whoever was joined to another case is answered there, or taken up again.", joined.told),
    Invariant(
        "I15",
        "What was sent, approved and released is word for word what the register proves.",
        words.proved,
    ),
    Invariant("I16", "What was written down outside is still in the register.", outside.kept),
    Invariant("I17", "The daily figures are those of the cases.", figures.counted),
    Invariant("I18", "Of a confirmed state secret nothing that anybody typed is left.", leftovers.wiped),
    Invariant(
        "I19", "What was confirmed, and what is written to everybody, is as it was given.", lists.as_given
    ),
    Invariant("I20", "What past checks of the register found is kept as it was.", outside.checked),
)
