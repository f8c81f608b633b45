from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pakn_portal.snippets.tidy import TidyTexts
from pakn_portal.text import document_number_spans, document_numbers
from pakn_portal.text.folding import fold

#: What laws are called begins with the kind and goes before the number; of the others it goes behind.
_LAWS: Final = ("Bộ luật", "Luật", "Pháp lệnh")
_BENEATH_LAWS: Final = ("Nghị định", "Nghị quyết", "Thông tư liên tịch", "Thông tư", "Quyết định", "Chỉ thị")
_KIND_BEFORE: Final = re.compile(
    rf"\b(?P<kind>{'|'.join((*_LAWS, *_BENEATH_LAWS))})(?: số)?:? *$", re.IGNORECASE
)


#: Day and issuer go with the number; behind them begins what whoever wrote the line calls it.
_ISSUED: Final = re.compile(
    r"(?: ngày [\d/.-]+)?(?: của (?:Thủ tướng|Bộ|Quốc hội|Chính phủ)"
    r"[^,;.(]*?(?=[,;.(]|$| quy định| về| hướng dẫn))?"
)
_IS_CALLED: Final = re.compile(r"\s*(?:quy định|hướng dẫn|về|sửa đổi|ban hành|phê duyệt)\b", re.IGNORECASE)


class LegalBasis(TidyTexts):
    """A document that answers rest on: what it is called, and whether another took its place."""

    number = models.CharField(
        _("document number"), max_length=60, unique=True, help_text=_("As it is cited, such as 45/2019/QH14.")
    )
    title = models.CharField(_("title"), max_length=500)
    is_replaced = models.BooleanField(
        _("replaced"),
        default=False,
        help_text=_("Answers that cite it stand lower in the archive and say so; their units look at them."),
    )
    replaced_by = models.CharField(_("replaced by"), max_length=60, blank=True)
    replaced_on = models.DateField(_("no longer in force from"), null=True, blank=True)

    class Meta:
        ordering = ["number"]
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def replacement(self) -> str:
        """What took its place and since when, to be said where it is cited; empty while it is in force."""
        if not self.is_replaced:
            return ""
        by = _("replaced by %(number)s") % {"number": self.replaced_by} if self.replaced_by else _("replaced")
        if self.replaced_on is None:
            return str(by)
        day = f"{self.replaced_on:%d/%m/%Y}"
        return str(_("%(replaced)s, no longer in force from %(day)s") % {"replaced": by, "day": day})

    def clean(self) -> None:
        """The number in its one spelling, by which citations are found."""
        super().clean()
        found = document_numbers(self.number)
        if len(found) != 1:
            raise ValidationError({"number": _("This does not read like the number of one document.")})
        self.number = found[0]
        if (self.replaced_by or self.replaced_on) and not self.is_replaced:
            raise ValidationError({"is_replaced": _("Tick this where something took its place.")})


def replaced_among(numbers: Iterable[str]) -> dict[str, LegalBasis]:
    """Of these document numbers, in their one spelling, those that were replaced. At most one query."""
    return {number: row for number, row in listed_among(numbers).items() if row.is_replaced}


def listed_among(numbers: Iterable[str]) -> dict[str, LegalBasis]:
    """Of these document numbers, in their one spelling, those of the list. At most one query."""
    wanted = set(numbers)
    return {row.number: row for row in LegalBasis.objects.filter(number__in=wanted)} if wanted else {}


def with_titles(lines: Iterable[str], listed: Mapping[str, LegalBasis] | None = None) -> list[str]:
    """The lines of legal bases as a reader is told them: a document of the list has its full title where it
    is named first (Decree 30/2020/NĐ-CP, Annex I part I, point 6); a line that says it already stays. One
    query without `listed`.
    """
    written = list(lines)
    if listed is None:
        listed = listed_among(span.number for line in written for span in document_number_spans(line))
    named: set[str] = set()
    return [_with_titles(line, listed, named) for line in written]


def _with_titles(line: str, listed: Mapping[str, LegalBasis], named: set[str]) -> str:
    """Back to front, so that the offsets of what stands before stay."""
    first = []
    for span in document_number_spans(line):
        if span.number in listed and span.number not in named:
            first.append(span)
        named.add(span.number)
    for span in reversed(first):
        title, behind = listed[span.number].title.strip(), line[span.end :]
        issued = _ISSUED.match(behind)
        end = span.end + (issued.end() if issued else 0)
        if fold(_beneath_kind(title)) not in fold(line) and not _IS_CALLED.match(line[end:]):
            line = _in_full(line[: span.start], line[span.start : end], title) + line[end:]
    return line


def _beneath_kind(title: str) -> str:
    """What stands behind the number."""
    kind = next((kind for kind in _BENEATH_LAWS if fold(title).startswith(fold(kind))), "")
    return title[len(kind) :].strip()


def _in_full(before: str, number: str, title: str) -> str:
    """“Nghị định số 145/2020/NĐ-CP quy định…”, “Bộ luật Lao động số 45/2019/QH14”; behind the number, in
    brackets, where the words before it do not fit.
    """
    kind = next((kind for kind in (*_LAWS, *_BENEATH_LAWS) if fold(title).startswith(fold(kind))), "")
    said = _KIND_BEFORE.search(before)
    if not kind or (said and fold(said["kind"]) != fold(kind)):
        return f"{before}{number} ({title})"
    lead = before[: said.start()] if said else before
    if kind in _LAWS:
        return f"{lead}{title} số {number}"
    return f"{lead}{kind} số {number} {_beneath_kind(title)}"


def told_as_replaced(rows: Iterable[LegalBasis]) -> str:
    """For whoever acts on an answer that cites these replaced documents; empty where it cites none."""
    told = "; ".join(f"{row.number} ({row.replacement})" for row in rows)
    if not told:
        return ""
    return gettext("The answer cites what has been replaced: %(documents)s.") % {"documents": told}


def naming_none(legal_bases: str) -> list[str]:
    """The lines that are no legal basis as far as can be told: they name no number of a document, no article
    and no year, and no document of the list is called so. At most one query.
    """
    lines = [line.strip() for line in legal_bases.splitlines()]
    silent = [line for line in lines if line and not any(sign.isdigit() for sign in line)]
    if not silent:
        return []
    titles = [fold(title) for title in LegalBasis.objects.values_list("title", flat=True)]
    return [line for line in silent if not any(_is_called(fold(line), title) for title in titles)]


def _is_called(line: str, title: str) -> bool:
    """Whether a line of an answer names this document, with words around its title or a part of it."""
    return bool(title) and (title in line or (len(line.split()) > 1 and line in title))


def doubts_about(legal_bases: str) -> list[str]:
    """What whoever cites these lines should look at once more: a line without a document's number, and a
    number that is not in the list. Notes, for a document may be newer than the list. At most one query.
    """
    lines = [line.strip() for line in legal_bases.splitlines() if line.strip()]
    found = {line: document_numbers(line) for line in lines}
    without = [line for line, numbers in found.items() if not numbers]
    cited = dict.fromkeys(number for numbers in found.values() for number in numbers)
    listed = set(LegalBasis.objects.values_list("number", flat=True)) if cited else set()
    # where nobody has begun the list, it says nothing of any document
    unlisted = [number for number in cited if number not in listed] if listed else []
    told = [
        gettext("“%(line)s” has no document number that can be read.") % {"line": line} for line in without
    ]
    if unlisted:
        named = {"numbers": ", ".join(unlisted)}
        told.append(gettext("Not in the list of legal bases: %(numbers)s. Check the number.") % named)
    return told
