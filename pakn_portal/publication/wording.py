"""What readers are to see of a release: the prepared words, and what stands beside them."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from pakn_portal.answers.texts import text_hash
from pakn_portal.people.actor import Actor
from pakn_portal.text import Find, find_personal_data, fold

#: What the finder is told of the sender: kind and value.
Known = Collection[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Wording:
    """Three texts that somebody prepared, and the words beside them that nobody released."""

    title: str
    question: str
    answer: str
    #: Its address without the number at the end, which is ours: behind a telephone number it would be read as
    #: part of it.
    address: str = ""
    beside: tuple[str, ...] = ()
    #: Whether the address is made of this very title, and nobody typed another one.
    is_titles_address: bool = False

    @property
    def hash(self) -> str:
        """SHA-256 over the three texts; equals `PublicText.released_hash` of what is on the site (I4)."""
        return text_hash(self.title, self.question, self.answer)

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
        return fold(find.text) not in fold(" ".join((self.title, self.question, self.answer)))


def _figures(words: str) -> str:
    """The last nine: a telephone number is written with and without its country's."""
    return "".join(filter(str.isdigit, words))[-9:]


def _run_together(words: str) -> str:
    """As an address has them between two hyphens at the most."""
    return "".join(filter(str.isalnum, fold(words)))


class Source(Protocol):
    """What stands behind a page and decides about it: a case with its public text, or an import. A subject of
    another kind, as a conclusion, brings its own; its row is held from the moment that it is asked for.
    """

    def refusal(self, page: Releasable, by: Actor) -> str:
        """Why `page`, as it would go live, does not; empty when it does. Asked once for each release."""

    def publishing(self, page: Releasable, by: Actor) -> AbstractContextManager[None]:
        """Inside, the page is written as live; the source's own verb is around it, and tells its register."""

    def withdrawing(self, page: Releasable, by: Actor, reason: str) -> AbstractContextManager[None]:
        """Inside, the page is written as not live. Raises GateShut when this person may not do it."""


class Releasable(Protocol):
    """A page that shows readers what was released, as publication knows it."""

    pk: Any
    live: bool
    #: Of the text that was prepared from a case; None for what an import brought.
    public_text_id: int | None
    #: Identifier of an imported answer in its source, and the hash of its words there.
    source_id: str
    content_hash: str
    title: str
    question: str
    answer: str
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

    def forget_earlier(self) -> None:
        """It left the site: what the CMS calls it elsewhere, and what it copied of it, goes."""
