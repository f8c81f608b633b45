from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import cast

from wagtail.models import Revision

from pakn_portal.answers.finds import FIELDS, fingerprint
from pakn_portal.answers.models import PublicText
from pakn_portal.cases.enums import SEALED
from pakn_portal.cases.models import Case
from pakn_portal.management.verify.guarded import guarded
from pakn_portal.management.verify.progress import Progress, counted
from pakn_portal.pages.models import AnswerPage
from pakn_portal.search.models import ArchiveEntry
from pakn_portal.submissions.known import known_values
from pakn_portal.text import find_personal_data, fold

_CHUNK = 500
_WORD = re.compile(r"[a-z0-9]+")
_NUMBER = re.compile(r"\d[\d .()-]{6,}\d")
_ENTRY_FIELDS = ("title", "question", "answer", "attachments_text")
#: The fields of a revision that contain what people wrote.
_REVISED = (*FIELDS, "draft_title", "legal_bases", "seo_title", "search_description")
_NUMBERS = ("phone", "tax_code")


def leaks(progress: Progress) -> Iterator[str]:
    """No names, addresses or numbers of senders in notes, waiting mails, public pages or index rows."""
    cases = Case.objects.select_related("submission__sender").prefetch_related("events", "mails")
    for case in counted(cases.order_by("pk").iterator(chunk_size=_CHUNK), Case.objects.count(), progress):
        yield from guarded(case.number, _leaking, case)
    pages = AnswerPage.objects.exclude(public_text=None).order_by("pk")
    joined = pages.select_related("public_text__case__submission__sender").prefetch_related("corrections")
    for chunk in _chunks(counted(joined.iterator(chunk_size=_CHUNK), pages.count(), progress)):
        entries, revisions = _entries_of(chunk), _revisions_of(chunk)
        for page in chunk:
            number = _text_of(page).case.number
            beside = entries.get(page.pk, []), revisions.get(page.pk, "")
            yield from guarded(number, _leaking_page, number, page, *beside)


def _leaking(case: Case) -> Iterator[str]:
    known = known_values(case.submission.sender)
    for event in case.events.all():
        if _holds(f"{event.note} {_values(event.data)}", known):
            yield f"{case.number}: line {event.sequence} of the register"
    for mail in case.mails.all():
        if _holds(_values(mail.context), known):
            yield f"{case.number}: mail {mail.pk}"


def _leaking_page(number: str, page: AnswerPage, entries: list[ArchiveEntry], revised: str) -> Iterator[str]:
    """Finds in the text as at the gate, except those that an editor confirmed; elsewhere, any
    value that the text lacks.

    Uncertain names are no offence: the gate asked about them at release, perhaps in an earlier
    version that recognised fewer.
    """
    text = _text_of(page)
    known, confirmed = known_values(text.case.submission.sender), set(text.confirmed)
    for field in FIELDS if page.live else ():
        finds = find_personal_data(getattr(page, field), known=known)
        if any(find.is_sure and fingerprint(field, find) not in confirmed for find in finds):
            yield f"{number}: the {field} of page {page.pk}"
    shown = " ".join(str(getattr(page, field)) for field in FIELDS)
    rest = [pair for pair in known if not _holds(shown, [pair])]
    if _holds("\n".join(_around(page)), rest):
        yield f"{number}: the trace or the address of page {page.pk}"
    if _holds(revised, rest):
        yield f"{number}: a revision of page {page.pk}"
    for entry in entries:
        if _holds("\n".join(str(getattr(entry, field)) for field in _ENTRY_FIELDS), rest):
            yield f"{number}: index row {entry.key}"


def _text_of(page: AnswerPage) -> PublicText:
    """Not None: the check reads only pages that have a public text."""
    return cast(PublicText, page.public_text)


def _around(page: AnswerPage) -> Iterator[str]:
    """What a page shows besides its text."""
    yield from (page.slug.replace("-", " "), page.seo_title, page.search_description, page.legal_bases)
    yield page.unpublished_reason
    for correction in page.corrections.all():
        yield from (correction.note, correction.earlier_question, correction.earlier_answer)


def _revisions_of(pages: list[AnswerPage]) -> dict[int, str]:
    """What people wrote, in the revisions that the CMS keeps of each page."""
    found: dict[int, str] = {}
    rows = Revision.page_revisions.filter(object_id__in=[str(page.pk) for page in pages])
    for pk, content in rows.values_list("object_id", "content").iterator(chunk_size=_CHUNK):
        words = "\n".join(str(content.get(name, "")) for name in _REVISED)
        found[int(pk)] = f"{found.get(int(pk), '')}\n{words}"
    return found


def _entries_of(pages: list[AnswerPage]) -> dict[int, list[ArchiveEntry]]:
    found: dict[int, list[ArchiveEntry]] = {}
    for entry in ArchiveEntry.objects.filter(page_id__in=[page.pk for page in pages]):
        found.setdefault(entry.page_id or 0, []).append(entry)
    return found


def _chunks(pages: Iterator[AnswerPage]) -> Iterator[list[AnswerPage]]:
    while chunk := list(islice(pages, _CHUNK)):
        yield chunk


def _values(data: dict[str, object]) -> str:
    return json.dumps(list(data.values()), ensure_ascii=False)


def _holds(text: str, known: list[tuple[str, str]]) -> bool:
    """Whether the text contains any of the values, in any spelling. Fast enough for millions of notes.

    A name of one syllable is also an ordinary word; the finder of the gate handles it.
    """
    if not text.strip():
        return False
    words = f" {' '.join(_WORD.findall(fold(text)))} "
    numbers = " ".join(re.sub(r"\D", "", run) for run in _NUMBER.findall(text))
    return any(_is_in(kind, value, words, numbers) for kind, value in known)


def _is_in(kind: str, value: str, words: str, numbers: str) -> bool:
    if kind in _NUMBERS:
        digits = re.sub(r"\D", "", value)
        return len(digits) >= 8 and digits in numbers
    parts = _WORD.findall(fold(value))
    return len(parts) > 1 and f" {' '.join(parts)} " in words


def sealed(progress: Progress) -> Iterator[str]:
    hidden = AnswerPage.objects.filter(public_text__case__status__in=SEALED)
    for number in hidden.filter(live=True).values_list("public_text__case__number", flat=True).iterator():
        yield f"{number} is sealed, but its page is live"
    entries = ArchiveEntry.objects.filter(page_id__in=hidden.values("pk"), is_public=True)
    for key in entries.values_list("key", flat=True).iterator():
        yield f"a sealed case has the index row {key}"
