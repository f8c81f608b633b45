"""What one row of an import brings, once it was read and its codes were looked up."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from pakn_portal.register.texts import text_hash
from pakn_portal.snippets.enums import Kind


@dataclass(frozen=True)
class AnswerRow:
    """A published answer of another system. `source_id` is its identifier there."""

    source_id: str
    title: str
    question: str
    answer: str
    kind: str = Kind.QUESTION
    sender_kind: str = ""
    sector: Any = None
    unit: Any = None
    outcome: str = ""
    legal_bases: str = ""
    asked_on: date | None = None
    answered_on: date | None = None

    @property
    def content_hash(self) -> str:
        return text_hash(self.title, self.question, self.answer)


@dataclass(frozen=True)
class LegalTextRow:
    """One article of a law."""

    source_id: str
    title: str
    body: str
    law_number: str = ""
    law_name: str = ""
    article_number: str = ""
    issuer: str = ""
    issued_on: date | None = None
    sector: Any = None
    topic: str = ""

    @property
    def content_hash(self) -> str:
        return text_hash(*(str(getattr(self, part.name)) for part in fields(self)))
