"""Who had a hand in an answer and in its public text, told by the register: the ground of the four eyes.

Everybody who saved the words counts, not only who saved them last.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pakn_portal.cases.enums import Verb
from pakn_portal.cases.models import Case

#: The lines of the register that tell of it.
TELLING = (
    Verb.DRAFT_ANSWER,
    Verb.APPROVE_ANSWER,
    Verb.PREPARE_PUBLIC_TEXT,
    Verb.PUBLISH,
    Verb.CORRECT,
    Verb.REOPEN,
)


@dataclass
class Hands:
    """The users (keys) behind the present words. Feed it the register's lines in their order.

    A re-opened case is drafted anew by others, and a text that a publisher released was seen by four eyes:
    the next one to save begins a new list. Until then the old one holds.
    """

    writers: set[int] = field(default_factory=set)
    approver: int | None = None
    preparers: set[int] = field(default_factory=set)
    _drafts_anew: bool = False
    _prepares_anew: bool = False

    @property
    def all(self) -> set[int]:
        """Writers, approver and preparers: none of them releases the text."""
        return {*self.writers, *self.preparers, *(() if self.approver is None else (self.approver,))}

    def follow(self, verb: str, by: int | None, *, is_corrected: bool = False) -> None:
        """Take in the next line of the register. `is_corrected`: an approval that changed words."""
        if verb == Verb.DRAFT_ANSWER:
            self.writers, self._drafts_anew = _with(self.writers, by, anew=self._drafts_anew), False
        elif verb == Verb.PREPARE_PUBLIC_TEXT:
            self.preparers, self._prepares_anew = _with(self.preparers, by, anew=self._prepares_anew), False
        elif verb == Verb.APPROVE_ANSWER:
            self.approver, self._prepares_anew = by, True
            # who corrects and approves in one go is a writer of these words from then on
            self.writers = _with(self.writers, by if is_corrected else None, anew=False)
        elif verb in (Verb.PUBLISH, Verb.CORRECT):
            self._prepares_anew = True
        elif verb == Verb.REOPEN:
            self._drafts_anew = True


def _with(hands: Iterable[int], by: int | None, *, anew: bool) -> set[int]:
    return {*(() if anew else hands), *(() if by is None else (by,))}


def hands_on(case: Case) -> Hands:
    """Read from the register of one case. One query."""
    hands = Hands()
    lines = case.events.filter(verb__in=TELLING).order_by("sequence")
    for verb, by, data in lines.values_list("verb", "by_id", "data"):
        hands.follow(verb, by, is_corrected=data.get("corrected_from") is not None)
    return hands
