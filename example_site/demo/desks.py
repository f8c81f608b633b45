"""The rows of `content/desks.jsonl` made whole: what keeps every unit's desk from being empty.

Most of them ask again what a published answer is about (`from`), as people do; their other words are their
own. What a row does not say is chosen by its id.
"""

from __future__ import annotations

import random
from typing import Any

from example_site.demo.senders import sender_of

Row = dict[str, Any]


def rows(short: list[Row], answers: list[Row], notes: dict[str, list[str]], units: list[Row]) -> list[Row]:
    """As those of `content/cases.jsonl`."""
    sources = {row["id"]: row for row in answers}
    names = {row["code"]: row["name"] for row in units}
    return [_whole(row, sources.get(row.get("from", ""), {}), notes, names) for row in short]


def _whole(row: Row, source: Row, notes: dict[str, list[str]], names: dict[str, str]) -> Row:
    rng = random.Random(row["id"])
    whole = {
        "kind": "question",
        "channel": "web",
        "urgency": "normal",
        "due": "none",
        "wants_name_published": False,
        "content": source.get("question", ""),
        **{key: source[key] for key in ("kind", "sector", "unit", "outcome") if key in source},
        **{key: value for key, value in row.items() if key not in ("from", "sender_kind", "without_email")},
    }
    if "sender" not in row:
        kind = row.get("sender_kind") or source.get("sender_kind", "citizen")
        whole["sender"] = sender_of(kind, rng, has_email=not row.get("without_email"))
    if source and "answer" not in row and _has_answer(row):
        whole["answer"] = answer_of(source, names[whole["unit"]])
    if row.get("script") in _PUBLIC:
        whole |= {
            "public_title": row["title"],
            "public_question": source["question"],
            "public_answer": source["answer"],
        }
    picked = {key: rng.choice(notes[key]).format(unit=names[whole["unit"]]) for key in notes}
    return {**whole, "notes": picked | row.get("notes", {})}


_PUBLIC = ("text_prepared", "to_publish", "off_site")


def _has_answer(row: Row) -> bool:
    return row["state"] in ("draft_review", "answered") or bool(row.get("drafted"))


def answer_of(source: Row, unit: str) -> str:
    """As the unit writes it to the sender; the published text has no salutation."""
    what = {"question": "câu hỏi", "petition": "kiến nghị", "feedback": "phản ánh"}[source["kind"]]
    return f"Trả lời {what} của ông/bà, {unit} có ý kiến như sau:\n\n{source['answer']}"
