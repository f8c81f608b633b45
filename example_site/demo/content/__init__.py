"""What the demo shows, as data: people and units of a ministry that does not exist, its cases and answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from example_site.demo import desks

FOLDER = Path(__file__).resolve().parent


def units() -> list[dict[str, Any]]:
    """Parents before their children."""
    return json.loads((FOLDER / "units.json").read_text(encoding="utf-8"))


def people() -> list[dict[str, Any]]:
    return json.loads((FOLDER / "people.json").read_text(encoding="utf-8"))


def cases() -> list[dict[str, Any]]:
    return [*_lines("cases.jsonl"), *desks.rows(_lines("desks.jsonl"), answers(), notes(), units())]


def outside() -> list[dict[str, Any]]:
    """What is sent to the ministry and is not its business, with what it says to that."""
    return _lines("outside.jsonl")


def notes() -> dict[str, list[str]]:
    """What officials write to one another, and to senders, by the step; `{unit}` is the lead unit."""
    return json.loads((FOLDER / "notes.json").read_text(encoding="utf-8"))


def enclosed() -> dict[str, dict[str, Any]]:
    """What goes with an answer, by the case: name and paragraphs."""
    return json.loads((FOLDER / "enclosed.json").read_text(encoding="utf-8"))


def difficulties() -> list[dict[str, Any]]:
    """What colleagues reported as difficult."""
    return _lines("difficulties.jsonl")


def at_work() -> dict[str, list[dict[str, Any]]]:
    """Documents that were replaced, saved views of the list, and texts that somebody has not finished."""
    return json.loads((FOLDER / "at_work.json").read_text(encoding="utf-8"))


def answers() -> list[dict[str, Any]]:
    return [row for name in answer_files() for row in _lines(name)]


def answer_files() -> list[str]:
    return sorted(path.name for path in FOLDER.glob("answers-*.jsonl"))


def _lines(name: str) -> list[dict[str, Any]]:
    text = (FOLDER / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]
