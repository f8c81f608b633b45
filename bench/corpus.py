"""Documents and queries of a bench, in the form of the development data, and the archive filled with them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pakn_portal.pages.legal_text import LegalText
from pakn_portal.search.models import ArchiveEntry
from pakn_portal.search.projection import project_all


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """`relevant`: document id → grade, without the document the query was made from."""

    id: str
    type: str
    text: str
    relevant: dict[str, int] = field(default_factory=dict)
    source_id: str = ""


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def read_queries(path: Path) -> list[JudgedQuery]:
    return [judged for row in read_lines(path) if (judged := _judged(row)).relevant]


def _judged(row: dict[str, Any]) -> JudgedQuery:
    own = row.get("source_id", "")
    relevant = {pk: grade for pk, grade in row["relevant"].items() if pk != own and grade > 0}
    return JudgedQuery(row["id"], row["type"], row["text"], relevant, own)


def fill_archive(documents: Iterator[dict[str, Any]]) -> dict[int, str]:
    """Every document as an entry of the archive, without pages; entry id → document id."""
    texts = [_legal_text(row) for row in documents]
    LegalText.objects.bulk_create(texts, batch_size=500)
    for at in range(0, len(texts), 500):
        project_all(texts[at : at + 500])
    return dict(ArchiveEntry.objects.values_list("pk", "public_id"))


def _legal_text(row: dict[str, Any]) -> LegalText:
    return LegalText(
        source_id=row["id"],
        slug=row["id"].lower().replace(".", "-")[:140],
        title=row["title"][:500],
        body=row["body"],
        law_number=(row.get("law_no") or "")[:60],
        law_name=(row.get("law_name") or "")[:500],
        article_number=(row.get("article_no") or "")[:20],
        topic=(row.get("field") or "")[:200],
        issued_on=_date(row.get("issued")),
        content_hash="",
    )


def _date(given: str | None) -> date | None:
    return datetime.strptime(given, "%d/%m/%Y").date() if given else None


def clear_archive() -> None:
    """No entry, no article of law."""
    ArchiveEntry.objects.all().delete()
    LegalText.objects.all().delete()
