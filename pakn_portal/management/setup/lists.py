"""The starter rows of the reference lists, from `snippets/starter/`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any, Final

from django.db import models, transaction
from wagtail.models import RevisionMixin

from pakn_portal.conf import VIETNAMESE
from pakn_portal.management.setup.tally import Progress, Tally, silent
from pakn_portal.snippets.confirmation.versions import is_as_saved
from pakn_portal.snippets.enums import Step
from pakn_portal.snippets.models import (
    Agency,
    DeadlineRule,
    Holiday,
    LegalBasis,
    LetterTemplate,
    RefusalReason,
    Sector,
    Synonym,
)
from pakn_portal.snippets.starter_rows import read

#: The columns that say to which cases a deadline rule applies; editors may change its dates and amounts.
_CRITERIA = ("step", "kind", "sender_kind", "sector_id", "urgency", "procedure")
#: The one term for complaints and denunciations that shipped before each had its own.
_OLD_HAND_OVER: Final = {"amount": 10, "unit": "wd", "is_verified": False}


@transaction.atomic
def load_lists(*, language: str = VIETNAMESE, progress: Progress = silent) -> Tally:
    """Add the missing starter rows, in this language. A row is identified by its code, date or term."""
    tables = list(_tables(partial(read, language=language)))
    total = sum(len(rows) for _load, rows in tables)
    tally, done = Tally(), 0
    for load, rows in tables:
        tally += load(rows)
        done += len(rows)
        progress(done, total)
    return tally


def _tables(
    read: Callable[[str], list[dict[str, Any]]],
) -> Iterator[tuple[Callable[[list[dict[str, Any]]], Tally], list[dict[str, Any]]]]:
    yield lambda rows: _missing_rows(Sector, "code", _in_order(rows)), read("sectors")
    yield lambda rows: _missing_rows(Agency, "code", rows), read("agencies")
    yield lambda rows: _missing_rows(RefusalReason, "code", _in_order(rows)), read("refusal_reasons")
    yield lambda rows: _missing_rows(LetterTemplate, "code", _in_order(rows)), read("letter_templates")
    yield lambda rows: _missing_rows(LegalBasis, "number", rows), read("legal_bases")
    yield lambda rows: _missing_rows(Holiday, "date", rows), _with_dates(read("holidays"), "date")
    yield lambda rows: _missing_rows(Synonym, "term", [_synonym(row) for row in rows]), read("synonyms")
    yield _missing_rules, _with_dates(read("deadline_rules"), "valid_from", "valid_until")


def _missing_rows(model: type[models.Model], key: str, rows: list[dict[str, Any]]) -> Tally:
    known = set(model._default_manager.values_list(key, flat=True))
    new = [model(**row) for row in rows if row[key] not in known]
    model._default_manager.bulk_create(new)
    if issubclass(model, RevisionMixin):
        _give_versions(model)
    return Tally(created=len(new), kept=len(rows) - len(new))


def _give_versions(model: Any) -> None:
    """What ships and was never saved in the CMS gets its first version, so that it is as saved still when
    a later release ships other words.
    """
    for row in model._default_manager.filter(latest_revision=None).select_related("latest_revision"):
        if is_as_saved(row):
            row.save_revision(clean=False)


def _missing_rules(rows: list[dict[str, Any]]) -> Tally:
    """A rule is added only if none has the same criteria; else two would compete after an edit. Nor where the
    site has one for every sender that we ship for some only: ours would go before it; and so with the one
    term for complaints and denunciations, where the ministry made it its own.
    """
    sectors = dict(Sector.objects.values_list("code", "pk"))
    asked = [{**row, "sector_id": sectors.get(row["sector"])} for row in rows]
    for row in asked:
        del row["sector"]
        row.setdefault("procedure", "")
    if DeadlineRule.objects.filter(step=Step.HAND_OVER, procedure="").exclude(**_OLD_HAND_OVER).exists():
        asked = [row for row in asked if not row["procedure"]]
    known = set(DeadlineRule.objects.values_list(*_CRITERIA))
    theirs = known - {_criteria(row) for row in asked}
    new = [
        DeadlineRule(**row)
        for row in asked
        if _criteria(row) not in known and _criteria({**row, "sender_kind": ""}) not in theirs
    ]
    DeadlineRule.objects.bulk_create(new)
    return Tally(created=len(new), kept=len(rows) - len(new))


def _criteria(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in _CRITERIA)


def _in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lists keep the order of the file; steps of ten leave room to insert rows."""
    return [{**row, "sort_order": place * 10} for place, row in enumerate(rows, start=1)]


def _synonym(row: dict[str, Any]) -> dict[str, Any]:
    return {"term": row["term"], "expansions": "\n".join(row["expansions"])}


def _with_dates(rows: list[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    return [
        {**row, **{name: date.fromisoformat(row[name]) if row[name] else None for name in names}}
        for row in rows
    ]
