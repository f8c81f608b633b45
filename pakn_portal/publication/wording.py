"""What readers are to see of a release: the prepared words, and what stands beside them."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from pakn_portal.people.actor import Actor
from pakn_portal.register.texts import text_hash
from pakn_portal.text import Find, find_personal_data, fold

#: What the finder is told of the sender: kind and value.
Known = Collection[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts that somebody prepared, and the words beside them that nobody released."""

    title: str
    #: The other texts, in the order in which readers meet them: question and answer, abstract and conclusion.
    body: tuple[str, ...]
    #: Its address without the number at the end, which is ours: behind a telephone number it would be read as
    #: part of it.
    address: str = ""
    beside: tuple[str, ...] = ()
    #: Whether the address is made of this very title, and nobody typed another one.
    is_titles_address: bool = False

    @property
    def hash(self) -> str:
        """SHA-256 over the texts; of what is on the site it equals the hash of what was released (I4)."""
        return text_hash(self.title, *self.body)

    def leaks(self, known: Known) -> bool:
        """Whether there is personal data beside the texts. A find that they have too was confirmed there."""
        finds = [find for each in self.beside if each for find in find_personal_data(each, known=known)]
        return any(map(self._is_new, finds)) or self._address_leaks(known)

    def _address_leaks(self, known: Known) -> bool:
        """An address has no punctuation, so the figures of a title run together in its own. What these are
        was judged in the title, unless they are the sender's.
        """
        words = self.address.replace("-", " ")
        finds = [find for find in find_personal_data(words, known=known) if self._is_new(find)]
        if not finds or not self.is_titles_address:
            return bool(finds)
        senders = {_figures(value) for _kind, value in known}
        finds = [find for find in finds if not _figures(find.text) or _figures(find.text) in senders]
        decided = " ".join(_run_together(find.text) for find in find_personal_data(self.title, known=known))
        return any(_run_together(find.text) not in decided for find in finds)

    def _is_new(self, find: Find) -> bool:
        """Whether the texts do not have it."""
        return fold(find.text) not in fold(" ".join((self.title, *self.body)))


def _figures(words: str) -> str:
    """The last nine: a telephone number is written with and without its country's."""
    return "".join(filter(str.isdigit, words))[-9:]


def _run_together(words: str) -> str:
    """As an address has them between two hyphens at the most."""
    return "".join(filter(str.isalnum, fold(words)))


class Releasable(Protocol):
    """A page that shows readers what was released, as publication knows it."""

    pk: Any
    live: bool
    #: A page that only mirrors another one.
    alias_of_id: int | None
    go_live_at: datetime | None
    expire_at: datetime | None

    def wording(self) -> Wording:
        """What readers would see of it as it is now."""

    def what_readers_see(self) -> dict[str, str]:
        """Every field that a reader sees, by name, as the register proves it."""

    def leave_trace(self) -> None:
        """It left the site: its row says from when on."""


class ReleaseSource(Protocol):
    """What stands behind a page and decides about it: the text that was prepared of a petition, a conclusion
    of an inspection, an import. A procedure brings its own.
    """

    @property
    def subject(self) -> Any:
        """What the page is about, its row ours until the transaction ends; None where no register is behind
        it.
        """

    def refusal(self, page: Any, by: Actor) -> str:
        """Why `page`, as it would go live, does not; empty when it does. Asked once for each release."""

    def publishing(self, page: Any, by: Actor) -> AbstractContextManager[None]:
        """Inside, the page is written as live; the source's own verb is around it, and tells its register."""

    def withdrawing(self, page: Any, by: Actor, reason: str) -> AbstractContextManager[None]:
        """Inside, the page is written as not live. Raises GateShut when this person may not do it."""

    def tell(self, page: Any, *, is_public: bool) -> None:
        """Whom else than the archive and the register to tell that the page was released, corrected or
        withdrawn. Called inside the transaction, when everything is written.
        """
