"""The demo's published answers of the last years, imported as a ministry would import its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from django.utils import timezone

from example_site.demo import content
from pakn_portal.management.imports.actions import import_answers
from pakn_portal.management.imports.parsing import RowReader
from pakn_portal.management.imports.reading import in_batches
from pakn_portal.management.imports.rows import AnswerRow
from pakn_portal.pages.answers.page import AnswerPage

BATCH = 30
#: So many stand there at the first look.
LATEST = 24


def load_latest_answers(progress: Callable[[int, int], None]) -> int:
    """As `load_answers`, but none that is older than the last few; and those that rest on a document which
    was replaced, for somebody is to look at them.
    """
    answers = sorted(content.answers(), key=_day)
    replaced = {row["number"] for row in content.at_work()["legal_bases"]}
    cites = [row for row in answers[:-LATEST] if not replaced.isdisjoint(row["legal_bases"])]
    return _load([*cites, *answers[-LATEST:]], progress)


def load_answers(progress: Callable[[int, int], None]) -> int:
    """Publish the answers that are not there yet, oldest first; returns how many. Edited ones stay."""
    return _load(sorted(content.answers(), key=_day), progress)


def _day(row: dict[str, Any]) -> str:
    return str(row["answered_on"])


def _load(answers: list[dict[str, Any]], progress: Callable[[int, int], None]) -> int:
    known = set(AnswerPage.objects.values_list("source_id", flat=True))
    reader = RowReader()
    rows = [reader.read(row) for row in answers]
    new = [row for row in rows if isinstance(row, AnswerRow) and row.source_id not in known]
    done = 0
    for batch in in_batches(new, BATCH):
        import_answers(batch)
        _set_back([row.source_id for row in batch])
        done += len(batch)
        progress(done, len(new))
    return done


def _set_back(source_ids: list[str]) -> None:
    """Wagtail dates a page by the moment of import; these stood on the site since their answer was given."""
    answered = AnswerPage.objects.filter(source_id__in=source_ids).values_list("pk", "answered_on")
    for pk, day in answered:
        if day is None:
            continue
        then = timezone.make_aware(datetime.combine(day, time(15)))
        AnswerPage.objects.filter(pk=pk).update(first_published_at=then, last_published_at=then)
