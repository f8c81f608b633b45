"""Compares what was sent, approved, prepared and released, word for word, with the register."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, groupby, islice
from typing import Any, Final, NamedTuple

from django.db.models import QuerySet

from pakn_portal import clock
from pakn_portal.answers.enums import AnswerState
from pakn_portal.answers.files.listed import Listed, listed
from pakn_portal.answers.letters.letter import ACTS
from pakn_portal.answers.letters.proof import is_of_other_act
from pakn_portal.answers.models import Answer, AnswerVersion, OutgoingLetter, PublicText
from pakn_portal.answers.texts import told_by, words_of_answer, words_of_letter, words_of_public_text
from pakn_portal.cases.enums import SEALED, Status, Verb
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.cases.texts import (
    STATE_OF_FILE,
    what_was_added,
    what_was_granted,
    what_was_sent,
    what_was_stored,
)
from pakn_portal.flow.procedure import Procedure, procedures
from pakn_portal.management.verify.added import added
from pakn_portal.management.verify.beside import stands_beside
from pakn_portal.management.verify.guarded import guarded
from pakn_portal.management.verify.lines import is_by, last_of
from pakn_portal.management.verify.progress import Progress, counted
from pakn_portal.pages.answers.texts import what_readers_see
from pakn_portal.pages.models import AnswerPage
from pakn_portal.publication.gate import page_hash
from pakn_portal.register.texts import NOTE, WORDING, digest, name_of, text_hash
from pakn_portal.snippets.enums import LetterKind
from pakn_portal.submissions.enums import FileState
from pakn_portal.submissions.known import known_values
from pakn_portal.text import mask_note

_CHUNK = 200
#: See `name_of_letter`.
_LETTER_OF_LEAD: Final = re.compile(r"letter\.\w+\.(\D.*)\.\d+\.\w+")
#: What each act makes of the answer.
_STATES: Final = {
    Verb.DRAFT_ANSWER: AnswerState.DRAFT,
    Verb.SUBMIT_ANSWER: AnswerState.SUBMITTED,
    Verb.REJECT_ANSWER: AnswerState.REJECTED,
    Verb.APPROVE_ANSWER: AnswerState.APPROVED,
}


def proved(progress: Progress) -> Iterator[str]:
    """For each text the last line that has it counts. Of every procedure."""
    yield from _of_petitions(progress)
    for procedure in procedures():
        if procedure.event_model is not CaseEvent:
            yield from _of_procedure(procedure, progress)


def _of_procedure(procedure: Procedure, progress: Progress) -> Iterator[str]:
    model: Any = procedure.event_model
    field = model.subject_field
    events = model.objects.select_related(field).with_salts().order_by(f"{field}_id", "sequence")
    rows = counted(events.iterator(chunk_size=2000), model.objects.count(), progress)
    for _subject, lines in groupby(rows, key=lambda line: getattr(line, f"{field}_id")):
        read = list(lines)
        subject = getattr(read[0], field)
        yield from guarded(subject.number, _of_subject, procedure, subject, read)


def _of_subject(procedure: Procedure, subject: Any, lines: list[Any]) -> Iterator[str]:
    for sentence in _unlike(lines, procedure.texts_of(subject)):
        yield f"{subject.number}: {sentence}"


def _of_petitions(progress: Progress) -> Iterator[str]:
    """Read by the chunk, for the words stand with the answer, the public text and the page. Lines older than
    the format number prove only the approved and the released wording.
    """
    cases = (
        Case.objects.select_related("submission__sender")
        .prefetch_related(
            "submission__attachments", "submission__supplements__attachments", "files", "extensions"
        )
        .order_by("pk")
    )
    rows = counted(cases.iterator(chunk_size=_CHUNK), Case.objects.count(), progress)
    while chunk := list(islice(rows, _CHUNK)):
        events, answers, texts, pages = _beside(chunk)
        versions, letters = _versions(chunk), _letters(chunk)
        reasons = _reasons_off_site(chunk)
        for case in chunk:
            beside = _Beside(
                events.get(case.pk, []),
                answers.get(case.pk),
                texts.get(case.pk),
                pages.get(case.pk),
                versions.get(case.pk, {}),
                letters.get(case.pk, []),
                reasons.get(case.pk),
            )
            yield from guarded(case.number, _of_case, case, beside)


def _of_case(case: Case, beside: _Beside) -> Iterator[str]:
    lines, answer, page, versions = beside.lines, beside.answer, beside.page, beside.versions
    words = _words(case, answer, beside.text, page)
    for letter in beside.letters:
        words |= words_of_letter(letter)
    checks = (
        _unlike(lines, words),
        _unhashed(lines, answer, page),
        _other_hands(lines, answer, beside.text),
        _other_versions(lines, versions),
        _other_letters(lines, beside.letters),
        _other_files(case, answer, versions.values()),
        added(lines, words, listed_in(answer, versions.values())),
        _other_reason(case, lines, beside.reason),
        stands_beside(case, lines, beside.text),
    )
    for sentence in chain.from_iterable(checks):
        yield f"{case.number}: {sentence}"


class _Beside(NamedTuple):
    """What belongs to one case."""

    lines: list[Any]
    answer: Any
    text: Any
    page: Any
    versions: dict[int, AnswerVersion]
    letters: list[OutgoingLetter]
    #: Why its answer was taken off the site, as readers are told.
    reason: str | None


def _beside(cases: list[Case]) -> tuple[dict[int, list[Any]], dict[int, Any], dict[int, Any], dict[int, Any]]:
    """What belongs to these cases, by primary key: lines, answer, public text, live page."""
    keys = [case.pk for case in cases]
    events: dict[int, list[Any]] = {}
    for line in CaseEvent.objects.filter(case__in=keys).with_salts().order_by("case_id", "sequence"):
        events.setdefault(line.case_id, []).append(line)
    live: QuerySet[Any] = AnswerPage.objects.live().filter(public_text__case__in=keys)
    pages = live.select_related("public_text").prefetch_related("corrections", "public_text__files")
    return (
        events,
        {answer.case_id: answer for answer in Answer.objects.filter(case__in=keys)},
        {text.case_id: text for text in PublicText.objects.filter(case__in=keys)},
        {page.public_text.case_id: page for page in pages},
    )


def _versions(cases: list[Case]) -> dict[int, dict[int, AnswerVersion]]:
    """What was kept of each answer, by the case's key and by its number."""
    found: dict[int, dict[int, AnswerVersion]] = {}
    for row in AnswerVersion.objects.filter(answer__case__in=cases).select_related("answer"):
        found.setdefault(row.answer.case_id, {})[row.version] = row
    return found


def _letters(cases: list[Case]) -> dict[int, list[OutgoingLetter]]:
    """The letters of each case, by the case's key."""
    found: dict[int, list[OutgoingLetter]] = {}
    for row in OutgoingLetter.objects.filter(case__in=cases).select_related("lead"):
        found.setdefault(row.case_id, []).append(row)
    return found


def _other_letters(lines: list[Any], letters: list[OutgoingLetter]) -> Iterator[str]:
    """Whether each letter, its day and its date, is one that the register tells of; its words are texts."""
    told = {_letter_told(line): line.data for line in lines if line.data.get("letter")}
    acts = {line.sequence: line.verb for line in lines}
    days = _days_of_letters(lines)
    for letter in letters:
        name = (letter.kind, letter.act, letter.lead_told)
        data = told.get(name)
        is_joined = letter.lead is not None or bool(letter.words.get("is_joined"))
        is_of_act = is_joined or acts.get(letter.act) == ACTS[LetterKind(letter.kind)]
        if is_joined and is_of_other_act(letter):
            yield f"its letter “{letter.kind}” is not what the case it was joined to has as approved"
        if letter.words and letter.made_on not in days[name]:
            yield f"its letter “{letter.kind}” has another day than the line that wrote it"
        if data is None and is_of_act and not is_joined and not letter.is_numbered:
            continue
        if data is None or (letter.act and not is_of_act):
            yield f"its letter “{letter.kind}” stands in no line of its register"
        elif data.get("dated_on", "") != (letter.dated_on.isoformat() if letter.dated_on else ""):
            yield f"its letter “{letter.kind}” has another date than its register"


def _letter_told(line: Any) -> tuple[str, int, str]:
    """Of which letter a line tells: kind, act, and number of the case whose register has the act."""
    return line.data["letter"], line.data.get("act", 0), line.data.get("lead", "")


def _days_of_letters(lines: list[Any]) -> dict[tuple[str, int, str], set[date]]:
    """On which days the words of each letter may have been kept: that of its act, or of a line that tells of
    its number where the act is older than the keeping.
    """
    days: dict[tuple[str, int, str], set[date]] = defaultdict(set)
    kinds = {verb: kind for kind, verb in ACTS.items()}
    for line in lines:
        if line.data.get("letter"):
            days[_letter_told(line)].add(clock.local_date(line.at))
        if line.verb in kinds:
            days[kinds[line.verb], line.sequence, ""].add(clock.local_date(line.at))
    return days


def _other_versions(lines: list[Any], versions: dict[int, AnswerVersion]) -> Iterator[str]:
    """Whether each version of the answer is the one that its line tells of, and none is gone or beside."""
    told = {line.data["version"]: line for line in lines if _keeps_version(line.data)}
    forgotten = {name for line in lines for name in line.data.get("forgotten", ())}
    for number, line in told.items():
        if {name_of(line.sequence, name) for name in line.texts} <= forgotten:
            continue
        words = told_by(line, versions[number]) if number in versions else {}
        if words and not is_by(line, versions[number].written_by_id, versions[number].written_at):
            yield f"who wrote version {number} of the answer, or when, is not what its register has"
        salts = line.salts or {}
        if any(digest(text, salts.get(name, "")) != line.texts.get(name) for name, text in words.items()):
            yield f"version {number} of the answer is not what line {line.sequence} of its register has"
        if not words:
            yield f"version {number} of the answer, told by line {line.sequence} of its register, is gone"
    for number in sorted(versions.keys() - told.keys()):
        yield f"version {number} of the answer stands in no line of its register"


def _keeps_version(told: dict[str, Any]) -> bool:
    """Under its name, and under the one it had in lines that the source between two versions wrote."""
    return bool(told.get("is_kept") or told.get("waits_for_keepers"))


def listed_in(answer: Any, versions: Iterable[AnswerVersion]) -> set[Listed]:
    """Every file that the answer lists, or once did."""
    texts = {*(version.files for version in versions), answer.files if answer else ""}
    return {each for text in texts for each in listed(text)}


def _other_files(case: Case, answer: Any, versions: Iterable[AnswerVersion]) -> Iterator[str]:
    """Whether each file that an answer lists is the one that is kept; what is stored is I11's."""
    kept = {file.key: file for file in case.files.all()}
    for one in listed_in(answer, versions):
        file = kept.get(one.key)
        if file is None or (file.sha256, file.name) != (one.sha256, one.name):
            yield f"file {one.key} of its answer is gone, or is another one"


def _words(case: Case, answer: Any, text: Any, page: Any) -> dict[str, str]:
    """Every current text of the case, by name."""
    words = what_was_sent(case.submission)
    for supplement in case.submission.supplements.all():
        words |= what_was_added(supplement)
    words |= what_was_stored(case.files.all())
    for extension in case.extensions.all():
        words |= what_was_granted(extension)
    words |= words_of_answer(answer) if answer else {}
    words |= words_of_public_text(text) if text else {}
    return words | ({**what_readers_see(page), WORDING: page_hash(page)} if page else {})


def _unlike(lines: Iterable[Any], words: dict[str, str]) -> Iterator[str]:
    last: dict[str, Any] = {}
    forgotten: set[str] = set()
    for line in lines:
        last |= dict.fromkeys(line.texts, line)
        forgotten |= set(line.data.get("forgotten", ()))
    last.pop(NOTE, None)  # its own line proves it
    for name, line in last.items():
        if name_of(line.sequence, name) in forgotten or _is_off_site(name, words):
            continue
        salt = (line.salts or {}).get(name)
        if (name not in words or salt is None) and _is_of_secret(name):
            continue
        if name not in words or salt is None:
            yield f"{name}, told by line {line.sequence} of its register, is gone"
        elif not any(digest(text, salt) == line.texts[name] for text in _as_then(name, words[name])):
            yield f"{name} is not what line {line.sequence} of its register has"


def _is_of_secret(name: str) -> bool:
    """A letter that told what another case had, of which nothing is kept since."""
    told = _LETTER_OF_LEAD.fullmatch(name)
    return told is not None and Case.objects.filter(number=told[1], status=Status.ON_PAPER).exists()


def _as_then(name: str, text: str) -> tuple[str, ...]:
    """What a text was that may rightly have become the present one."""
    return (text, FileState.RECEIVED) if name.endswith(STATE_OF_FILE) else (text,)


def _is_off_site(name: str, words: dict[str, str]) -> bool:
    """A page that is not live has no text; that a published case has a live page is I4."""
    return name.startswith("page.") and "page.title" not in words


def _unhashed(lines: list[Any], answer: Any, page: Any) -> Iterator[str]:
    """Compares the hashes beside the texts, and those that lines of before tell without a salt. A draft that
    was begun after the case was opened again is no approved answer; its own line proves it.
    """
    approved = last_of(lines, Verb.APPROVE_ANSWER, Verb.DRAFT_ANSWER)
    if approved is not None and approved.verb == Verb.DRAFT_ANSWER:
        approved = None
    own = answer.approved_hash if approved is not None and answer is not None else ""
    if own and own != text_hash(answer.body):
        yield "the answer is not the one that was approved"
    elif own and own != approved.data.get("hash", own):
        yield "the answer is not the one that the register has as approved"
    released = _last_hash(lines, Verb.PUBLISH, Verb.CORRECT)
    if released and page is not None and page_hash(page) != released:
        yield "its page does not have the words that were released"


def _reasons_off_site(cases: list[Case]) -> dict[int, str]:
    """Why the answers of these cases were taken off the site, as readers are told; by the case's key."""
    gone = AnswerPage.objects.filter(live=False, public_text__case__in=cases).exclude(unpublished_on=None)
    return dict(gone.values_list("public_text__case_id", "unpublished_reason"))


def _other_reason(case: Case, lines: list[Any], reason: str | None) -> Iterator[str]:
    """Whether the reason is the note of the line that took it off. A sealed case tells none of its own."""
    if reason is None or case.status in SEALED:
        return
    moved = [line for line in lines if line.verb in (Verb.PUBLISH, Verb.UNPUBLISH, Verb.HOLD)]
    off = moved[-1] if moved else None
    if off is None or off.verb != Verb.UNPUBLISH or (NOTE in off.texts and not off.note):
        return  # it was sealed while it was public or since, or its note was forgotten
    if off.note not in (reason, mask_note(reason, known_values(case.submission.sender))):
        yield "why its answer was taken off the site is not what its register has"


def _other_hands(lines: list[Any], answer: Any, text: Any) -> Iterator[str]:
    """Whether who wrote and who approved the answer, who prepared the public text, and when, is what the
    register tells.
    """
    if text is not None and not is_by(
        last_of(lines, Verb.PREPARE_PUBLIC_TEXT), text.prepared_by_id, text.prepared_at
    ):
        yield "who prepared the public text, or when, is not what its register has"
    if answer is None or not lines:
        return
    written, approved = last_of(lines, Verb.DRAFT_ANSWER), last_of(lines, Verb.APPROVE_ANSWER)
    if not is_by(written, answer.written_by_id, answer.written_at):
        yield "who wrote the answer, or when, is not what its register has"
    if not is_by(approved, answer.approved_by_id, answer.approved_at):
        yield "who approved the answer, or when, is not what its register has"
    moved = last_of(lines, *_STATES)
    if moved is not None and answer.state != _STATES[moved.verb]:
        yield "whether the answer is approved is not what its register has"
    if moved is not None and answer.version != moved.data.get("version", answer.version):
        yield "which version of the answer is the present one is not what its register has"


def _last_hash(lines: Iterable[Any], *verbs: Verb) -> str:
    hashes = [line.data.get("hash", "") for line in lines if line.verb in verbs]
    return hashes[-1] if hashes else ""
