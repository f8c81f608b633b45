"""An answer and its public text as the register proves them, by name."""

from __future__ import annotations

import json
from typing import Any, Final, NamedTuple

from pakn_portal.answers.models import Answer, AnswerVersion, OutgoingLetter, PublicText
from pakn_portal.register.texts import text_hash

#: How the register calls the list of files.
FILES: Final = "answer.files"


class Words(NamedTuple):
    """What an answer says, beside who wrote it."""

    body: str
    outcome: str
    legal_bases: str
    #: As `files.listed.listing` has them.
    files: str = ""


def paragraph_at(text: str, place: int) -> int:
    """The number of the paragraph, from 1, in which this place of a text lies; blank lines are none."""
    return sum(bool(line.strip()) for line in text[:place].split("\n")[:-1]) + 1


def words_in(answer: Answer | AnswerVersion) -> Words:
    """As they stand there."""
    return Words(answer.body, str(answer.outcome), answer.legal_bases, answer.files)


def words_of_answer(answer: Answer | AnswerVersion) -> dict[str, str]:
    """What is signed and what the sender reads; or what it once was."""
    return {f"answer.{name}": text for name, text in words_in(answer)._asdict().items()}


def told_by(line: Any, answer: Answer | AnswerVersion) -> dict[str, str]:
    """The same, as far as this line of the register may tell it: before answers had files, none did."""
    words = words_of_answer(answer)
    if not words[FILES] and FILES not in line.texts:
        del words[FILES]
    return words


def hash_of_answer(answer: Answer) -> str:
    """SHA-256 over all that is approved: body, outcome, legal bases, and the files where there are some."""
    *texts, files = words_of_answer(answer).values()
    return text_hash(*texts, *([files] if files else []))


def name_of_letter(kind: str, act: int, lead: str = "") -> str:
    """What the names of its texts begin with. `lead`: number of the case whose register has the act, where
    that is another; its act has a name beside that of the case's own line of the same number.
    """
    of_lead = f".{lead}" if lead else ""
    return f"letter.{kind}{of_lead}.{act}" if act else f"letter.{kind}{of_lead}"


def words_of_letter(letter: OutgoingLetter) -> dict[str, str]:
    """Under which number it left, who signed it, and what it says. Before letters were kept there was one of
    a kind, and none had words; a draft has none.
    """
    name = name_of_letter(letter.kind, letter.act, letter.lead_told)
    told = {
        f"{name}.number": letter.reference_number,
        f"{name}.title": letter.signature_title,
        f"{name}.signatory": letter.signatory,
    }
    if letter.act or letter.words:
        told[f"{name}.words"] = json.dumps(letter.words, ensure_ascii=False, sort_keys=True)
    return told


def words_of_public_text(text: PublicText) -> dict[str, str]:
    """What was prepared for the public, and which finds were confirmed as not personal."""
    return {
        "public_text.title": text.title,
        "public_text.question": text.question,
        "public_text.answer": text.answer,
        "public_text.confirmed": json.dumps(sorted(text.confirmed)),
    }
