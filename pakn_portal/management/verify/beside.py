"""What stands beside the words of a case and is told by no text: who gave a file, who entered a letter, when
something was added, how far its public text has come. Each is held against the line that it came with.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from pakn_portal.answers.enums import PublicTextState
from pakn_portal.cases.enums import SEALED, Verb
from pakn_portal.management.verify.lines import APART
from pakn_portal.register.texts import text_hash

_MOVED: Final = {
    Verb.PREPARE_PUBLIC_TEXT: PublicTextState.DRAFT,
    Verb.RETURN_PUBLIC_TEXT: PublicTextState.DRAFT,
    Verb.REQUEST_PUBLICATION: PublicTextState.REQUESTED,
    Verb.PUBLISH: PublicTextState.PUBLISHED,
    Verb.CORRECT: PublicTextState.PUBLISHED,
    Verb.UNPUBLISH: PublicTextState.UNPUBLISHED,
    Verb.CONFIRM_SECRET: PublicTextState.DRAFT,
}
#: What makes each text stand on the site, or leave it.
_SHOWN: Final = {Verb.PUBLISH: True, Verb.CORRECT: True, Verb.UNPUBLISH: False}


def stands_beside(case: Any, lines: list[Any], text: Any) -> Iterator[str]:
    if not lines:
        return
    first = _first_told(lines)
    if lines[0].verb == Verb.SUBMIT and lines[0].by_id != case.submission.entered_by_id:
        yield "who entered it is not what its register has"
    for file in case.files.all():
        line = first.get(f"file.{file.key}")
        if line is not None and line.by_id != file.attached_by_id:
            yield f"who attached file {file.key} is not what its register has"
    for supplement in case.submission.supplements.all():
        line = first.get(f"supplement.{supplement.pk}")
        if line is not None and abs(line.at - supplement.received_at) > APART:
            yield f"when supplement.{supplement.pk} came is not what its register has"
    if text is None:
        return
    if text.state not in _states(lines):
        yield "how far its public text has come is not what its register has"
    if text.content_hash not in ("", text_hash(text.title, text.question, text.answer)):
        yield "its public text is not the one that was prepared"


def _first_told(lines: list[Any]) -> dict[str, Any]:
    """The line with which each text came."""
    first: dict[str, Any] = {}
    for line in lines:
        for name in line.texts:
            first.setdefault(name, line)
    return first


def _states(lines: list[Any]) -> set[str]:
    """Where the public text may stand; one, but for a page that the worker took off a sealed case."""
    state, is_shown = PublicTextState.DRAFT, False
    for line in lines:
        is_sealing = line.to_status in SEALED and line.from_status not in SEALED
        if is_sealing and is_shown:
            state, is_shown = PublicTextState.UNPUBLISHED, False
        elif is_sealing and state == PublicTextState.REQUESTED:
            state = PublicTextState.DRAFT
        state = _MOVED.get(line.verb, state)
        is_shown = _SHOWN.get(line.verb, is_shown)
    return {state, PublicTextState.UNPUBLISHED} if lines[-1].to_status in SEALED else {state}
