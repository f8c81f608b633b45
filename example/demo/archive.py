"""The demo's published answers of the last years."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from example.demo import content
from pakn_portal.answers.actions import text_hash
from pakn_portal.conf import unit_model_name
from pakn_portal.pages.actions import answer_slug, archive_page
from pakn_portal.pages.answer import AnswerPage
from pakn_portal.snippets.models import Sector


def load_answers(progress: Callable[[int, int], None]) -> int:
    """Publish the answers that are not there yet, oldest first; returns how many."""
    known = set(AnswerPage.objects.values_list("source_id", flat=True))
    rows = sorted(content.answers(), key=lambda row: row["answered_on"])
    made = 0
    for done, row in enumerate(rows, start=1):
        if row["id"] not in known:
            _publish(row)
            made += 1
        if done % 20 == 0 or done == len(rows):
            progress(done, len(rows))
    return made


@transaction.atomic
def _publish(row: dict[str, Any]) -> None:
    page = AnswerPage(
        title=row["title"],
        slug=answer_slug(row["title"], row["id"]),
        live=False,
        source_id=row["id"],
        question=row["question"],
        answer=row["answer"],
        content_hash=text_hash(row["title"], row["question"], row["answer"]),
        kind=row["kind"],
        sender_kind=row["sender_kind"],
        sector=Sector.objects.get(code=row["sector"]),
        unit=apps.get_model(unit_model_name()).objects.get(code=row["unit"]),
        outcome=row["outcome"],
        legal_bases="\n".join(row["legal_bases"]),
        asked_on=date.fromisoformat(row["asked_on"]),
        answered_on=date.fromisoformat(row["answered_on"]),
    )
    archive_page().add_child(instance=page)
    page.save_revision().publish()
    then = timezone.make_aware(datetime.combine(page.answered_on, time(15)))
    AnswerPage.objects.filter(pk=page.pk).update(first_published_at=then, last_published_at=then)
