"""What helps while an answer is written: templates and pieces of text, similar answers. Nothing of it acts by
itself; each button of the panel belongs to the form of the draft, so that nothing typed is lost.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, Final

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from pakn_portal.answers.enums import AnswerState
from pakn_portal.answers.letters.letter import Letter, letter_of
from pakn_portal.answers.letters.templates import templates_for
from pakn_portal.answers.letters.values import rendered, values_for
from pakn_portal.answers.models import Answer
from pakn_portal.answers.texts import Words
from pakn_portal.cases.models import Case
from pakn_portal.notifications.messages import MailWords, words_of
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.petition.mails import as_told
from pakn_portal.pages.answers.actions import archive_page
from pakn_portal.search.models import ArchiveEntry
from pakn_portal.search.page.related import Related, related
from pakn_portal.snippets.enums import Kind, LetterKind
from pakn_portal.snippets.models import LegalBasis, TextPiece
from pakn_portal.snippets.models.legal_basis import doubts_about, replaced_among, told_as_replaced
from pakn_portal.snippets.models.text_piece import MOST
from pakn_portal.staff.addresses import number_in
from pakn_portal.text import document_numbers, fold, normalize, syllables

TEMPLATES, SIMILAR, BASES, PREVIEW = "templates", "similar", "bases", "preview"
TABS: Final = {
    TEMPLATES: pgettext_lazy("tab beside a draft", "Templates"),
    SIMILAR: pgettext_lazy("tab beside a draft", "Similar"),
    BASES: pgettext_lazy("tab beside a draft", "Bases"),
    PREVIEW: pgettext_lazy("tab beside a draft", "Preview"),
}
#: The buttons of the panel, by the names they are posted with. None of them saves the draft.
INSERT, TAB, KEEP_PIECE, DROP_PIECE, CITE = "insert", "tab", "keep_piece", "drop_piece", "cite"
BUTTONS: Final = (INSERT, TAB, KEEP_PIECE, DROP_PIECE, CITE)
#: Of the documents that match, so many are shown.
MOST_BASES: Final = 20
APPEND, REPLACE = "append", "replace"


@dataclass(frozen=True)
class Offer:
    """Words that can be taken into the draft. `key` is what its button sends."""

    key: str
    name: str
    text: str

    @property
    def number(self) -> str:
        return self.key.partition(":")[2]


@dataclass(frozen=True)
class Similar:
    """An answer on the site, and what speaks for it: words that both titles have."""

    found: Related
    offer: Offer
    shared: list[str]


@dataclass
class Panel:
    """One tab is open; only that one is read."""

    case: Case
    user: Any
    request: HttpRequest
    tab: str
    #: The words as they stand on the screen, saved or not.
    words: Words

    @property
    def tabs(self) -> list[tuple[str, Any, bool]]:
        return [(name, label, name == self.tab) for name, label in TABS.items()]

    @cached_property
    def templates(self) -> list[Offer]:
        """Of answers, those of the case's sector first. A few queries."""
        values = values_for(self.case, LetterKind.ANSWER)
        fitting = templates_for(self.case, LetterKind.ANSWER)
        return [Offer(f"template:{row.pk}", row.name, rendered(row, values)) for row in fitting]

    @cached_property
    def pieces(self) -> list[Offer]:
        rows = TextPiece.objects.filter(owner=self.user)[:MOST]
        return [Offer(f"piece:{row.pk}", row.name, row.body) for row in rows]

    @property
    def asked(self) -> str:
        """What was looked for among the documents."""
        return normalize(self.request.POST.get("basis", "")[:100]).strip()

    @cached_property
    def bases(self) -> list[LegalBasis]:
        """Documents with these words in number or title, those in force first; the list is short, so it is
        folded on the spot.
        """
        wanted = fold(self.asked).split()
        rows = sorted(LegalBasis.objects.all(), key=lambda row: row.is_replaced)
        found = (row for row in rows if all(word in fold(f"{row.number} {row.title}") for word in wanted))
        return list(islice(found, MOST_BASES))

    @cached_property
    def replaced(self) -> list[LegalBasis]:
        """Documents that the draft cites and that another took the place of."""
        return list(replaced_among(document_numbers("\n".join(self.words))).values())

    @property
    def replaced_told(self) -> str:
        return told_as_replaced(self.replaced)

    @cached_property
    def doubts(self) -> list[str]:
        """What the lines of legal bases should be looked at for."""
        return doubts_about(self.words.legal_bases)

    @cached_property
    def letter(self) -> Letter:
        return letter_of(self._as_written, LetterKind.ANSWER, None, with_sender=False)

    @cached_property
    def mail(self) -> MailWords:
        """As the sender will get it; neither the name nor the link that opens the case stands here."""
        mail = OutgoingMail(case=self.case, template="answered")
        name, link = _("[name of the sender]"), _("[link to the case]")
        return words_of(mail, **as_told(self.words), name=str(name), link=str(link))

    @property
    def _as_written(self) -> Case:
        """The case with the words on the screen; nothing of it is saved."""
        case = copy(self.case)
        case.answer = Answer(case=self.case, state=AnswerState.APPROVED, **self.words._asdict())
        return case

    @cached_property
    def similar(self) -> list[Similar]:
        """Answers on the site on the same matter; nothing rather than what only shares words."""
        title = self.case.submission.title
        try:
            address = archive_page().url or ""
        except LookupError:
            return []
        found = related(title, "", address, self.request, filters={"kind": tuple(Kind.values)})
        return [
            Similar(
                one,
                Offer(f"similar:{one.entry.pk}", one.entry.title, one.entry.answer),
                shared_words(title, one.entry.title),
            )
            for one in found
        ]


def offer_of(key: str, case: Case, user: Any) -> Offer | None:
    """What a button stands for, if this person may have it still."""
    kind, _colon, number = key.partition(":")
    if number_in(number) is None:
        return None
    if kind == "template":
        rows = templates_for(case, LetterKind.ANSWER)
        template = next((row for row in rows if row.pk == number_in(number)), None)
        if template is None:
            return None
        return Offer(key, template.name, rendered(template, values_for(case, template.kind)))
    if kind == "piece":
        piece = TextPiece.objects.filter(owner=user, pk=number).first()
        return Offer(key, piece.name, piece.body) if piece else None
    if kind == "similar":
        entry = ArchiveEntry.objects.filter(is_public=True, kind__in=Kind.values, pk=number).first()
        return Offer(key, entry.title, entry.answer) if entry else None
    return None


def cite(legal_bases: str, number: str) -> str:
    """With one more document behind the others, each once; the number is one of the list."""
    basis = LegalBasis.objects.filter(number=number[:60]).first()
    lines = [line.strip() for line in legal_bases.splitlines() if line.strip()]
    if basis is None or any(basis.number in line for line in lines):
        return legal_bases
    return "\n".join([*lines, f"{basis.number} ({basis.title})"])


@dataclass(frozen=True)
class Pressed:
    """Which words were asked for; `how` they go beside others: `APPEND`, `REPLACE` or not said yet."""

    key: str
    how: str

    @classmethod
    def read(cls, posted: QueryDict) -> Pressed:
        key, _bar, how = posted.get(INSERT, "").partition("|")
        return cls(key, how)

    def put(self, form: forms.Form, name: str, offer: Offer) -> dict[str, Offer]:
        """Fill an empty field of the screen; of another ask whether the words come behind it or in its place.
        For the page.
        """
        text = put_into(form.initial[name].replace("\r\n", "\n"), offer.text, self.how)
        if text is None:
            return {"asked": offer}
        form.initial[name] = text
        return {"inserted": offer}


def gone() -> str:
    return gettext("These words are no longer there. Choose others.")


def put_into(body: str, text: str, how: str) -> str | None:
    """The draft with these words: an empty one is filled; of another it must be said how. None: not said."""
    if not body.strip() or how == REPLACE:
        return text
    return f"{body.rstrip()}\n\n{text}" if how == APPEND else None


def keep_piece(posted: QueryDict, user: Any) -> str:
    """Keep a piece of text of one's own; a sentence where that cannot be."""
    name, body = (normalize(posted.get(field, "")).strip() for field in ("piece_name", "piece_body"))
    if not name or not body or len(name) > 100 or len(body) > 5000:
        return str(_("A piece of text needs a name (at most 100 letters) and words (at most 5,000)."))
    if TextPiece.objects.filter(owner=user).count() >= MOST:
        return str(_("You have %(most)s pieces of text already. Remove one first.") % {"most": MOST})
    TextPiece.objects.create(owner=user, name=name, body=body)
    return ""


def drop_piece(number: str, user: Any) -> None:
    """Of one's own only."""
    TextPiece.objects.filter(owner=user, pk=number_in(number) or 0).delete()


def shared_words(one: str, other: str) -> list[str]:
    """Words of the first that the second has too, as they stand in the first."""
    there = {fold(word) for word in syllables(other)}
    return list(dict.fromkeys(word for word in syllables(one) if len(word) > 2 and fold(word) in there))
