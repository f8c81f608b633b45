"""Files of an answer for everybody: a copy of each that a publisher chose, which tells nothing of its makers.
A copy stands on the site as long as the answer does, and is made anew for each release.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from pakn_portal.answers.files.listed import files_of
from pakn_portal.answers.finds import finds_in
from pakn_portal.answers.models import PublicFile, PublicText, answer_of
from pakn_portal.cases.files import is_as_stored
from pakn_portal.cases.models import Case, CaseFile
from pakn_portal.submissions.enums import FileState, FileWarning
from pakn_portal.submissions.files import FileRefused, copy_for_public, has_copy, in_old_letters
from pakn_portal.submissions.known import known_values
from pakn_portal.submissions.storage import drop_bytes
from pakn_portal.text import Find, is_in_old_letters, normalize

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Copy:
    """What would stand on the site. `finds`: what may be personal data in its words, for a person to judge;
    what surely is some keeps the file off the site.
    """

    source: CaseFile
    content: bytes
    words: str
    finds: tuple[Find, ...] = ()


def offered(case: Case) -> list[CaseFile]:
    """The files that a publisher may choose from: those of the answer as it stands."""
    answer = answer_of(case)
    return [*files_of(answer)] if answer is not None else []


def why_never(file: CaseFile) -> str:
    """Why no copy of this file can be made, before it is tried; empty where one can."""
    if file.state != FileState.AVAILABLE:
        return _("It cannot be opened.")
    if not has_copy(file.content_type):
        return _("Copies are made of DOCX, XLSX and PDF alone.")
    return ""


def copies_of(case: Case, keys: Collection[str]) -> list[Copy]:
    """A copy of each of these files of the answer. Raises FileRefused, with the name of the file."""
    chosen = [file for file in offered(case) if file.key in keys]
    if len(chosen) < len(set(keys)):
        raise FileRefused(_("A chosen file is no longer one of the answer's. Choose once more."))
    return [_named(case, file) for file in chosen]


def copy_of(case: Case, file: CaseFile) -> Copy:
    """Raises FileRefused. An approved answer keeps its files, so the way on is without this one."""
    try:
        if problem := why_never(file):
            raise FileRefused(problem)
        return _checked(case, file)
    except FileRefused as refusal:
        raise FileRefused(f"{refusal} {way_on()}") from refusal


def way_on() -> str:
    """Where a file cannot become public: nobody changes the files of an approved answer."""
    return _(
        "Do not choose it: go on without this file. What everybody should know of it can stand in the public "
        "text instead."
    )


def _named(case: Case, file: CaseFile) -> Copy:
    try:
        return copy_of(case, file)
    except FileRefused as refusal:
        told = _("“%(name)s” cannot become public: %(reason)s") % {"name": file.name, "reason": refusal}
        raise FileRefused(told) from refusal


def _checked(case: Case, file: CaseFile) -> Copy:
    if not is_as_stored(file):
        logger.error("File %s of case %s is not the one that was attached.", file.pk, case)
        raise FileRefused(_("It is not the file that was approved."))
    with file.file.open("rb") as stored:
        made = copy_for_public(stored, file.content_type)
    if made.seen:
        told = ", ".join(str(FileWarning(code).label) for code in sorted(made.seen))
        raise FileRefused(_("It %(what)s.") % {"what": told})
    if is_in_old_letters(f"{made.text}\n{made.beside}"):  # as they came: tidied, some would be gone
        raise in_old_letters()
    words, beside = (_tidy(text) for text in (made.text, made.beside))
    finds = finds_in("answer", f"{file.name}\n{words}\n{beside}", known_values(case.submission.sender))
    if sure := [find for find in finds if find.is_sure]:
        told = _("It holds personal data: %(what)s.")
        raise FileRefused(told % {"what": ", ".join(dict.fromkeys(f"“{find.text}”" for find in sure[:5]))})
    return Copy(file, made.content, words, tuple(finds))


def _tidy(text: str) -> str:
    """A form feed parts files in the index, and PostgreSQL takes no zero character."""
    return normalize(text).replace("\x00", "").replace("\f", "\n")


def put_out(text: PublicText, copies: Iterable[Copy]) -> None:
    """These and no others stand on the site from now on; in the transaction of the release."""
    take_away(text)
    for copy in copies:
        row = PublicFile(
            text=text,
            source=copy.source.key,
            name=copy.source.name,
            size=len(copy.content),
            content_type=copy.source.content_type,
            sha256=hashlib.sha256(copy.content).hexdigest(),
            state=FileState.AVAILABLE,
            words=copy.words,
        )
        row.file.save(copy.source.name, ContentFile(copy.content), save=False)
        row.save()


def take_away(text: PublicText) -> None:
    """No copy is left, in the caller's transaction; the bytes go once it is committed."""
    for row in PublicFile.objects.filter(text=text).only("file"):
        row.delete()
        drop_bytes(row.file)


def as_indexed(files: Iterable[PublicFile]) -> str:
    """What the archive searches of them: each begins with its name, and a form feed parts them."""
    return "\f".join(f"{file.name}\n{file.words}" for file in files)
