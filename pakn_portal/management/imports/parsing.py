"""Turns a line of an import file into a row for the verbs; a bad line raises RowError with the reason.

Two layouts are known: our own (`kind` question, petition or feedback; `question`, `answer`, codes
of sector and unit, dates as 2026-03-05) and the plain one of an archive that moves here (`kind` qa
or law_article; `title`, `body`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from pakn_portal.cases.enums import Outcome
from pakn_portal.conf import unit_model_name
from pakn_portal.management.imports.rows import AnswerRow, LegalTextRow
from pakn_portal.snippets.enums import Kind, SenderKind
from pakn_portal.snippets.models import Sector
from pakn_portal.text import fold, normalize

_TITLE_LENGTH = 200
_TEXT_LENGTH = 200_000


class RowError(ValueError):
    """The line is refused; the message says why."""


class RowReader:
    """Reads the reference lists once for a whole file."""

    def read(self, raw: Mapping[str, Any]) -> AnswerRow | LegalTextRow:
        """The row of one line. Raises RowError."""
        kind = _text(raw, "kind", 20)
        if kind == "law_article":
            return self._legal_text(raw)
        if kind == "qa" or kind in Kind.values:
            return self._answer(raw, Kind.QUESTION if kind == "qa" else Kind(kind))
        kinds = ", ".join(["qa", "law_article", *Kind.values])
        raise RowError(_("“kind” must be one of: %(kinds)s.") % {"kinds": kinds})

    def _answer(self, raw: Mapping[str, Any], kind: Kind) -> AnswerRow:
        title = _needed(raw, "title", 2000)
        return AnswerRow(
            source_id=_needed(raw, "id", 120),
            title=shortened(title),
            question=_text(raw, "question", _TEXT_LENGTH) or title,
            answer=_text(raw, "answer", _TEXT_LENGTH) or _needed(raw, "body", _TEXT_LENGTH),
            kind=kind,
            sender_kind=_choice(raw, "sender_kind", SenderKind.values),
            sector=self._listed(raw, "sector", self._sectors) or self._sector_of_topic(raw),
            unit=self._listed(raw, "unit", self._units),
            outcome=_choice(raw, "outcome", Outcome.values),
            legal_bases=_lines(raw, "legal_bases"),
            asked_on=_day(raw, "asked_on"),
            answered_on=_day(raw, "answered_on"),
        )

    def _legal_text(self, raw: Mapping[str, Any]) -> LegalTextRow:
        return LegalTextRow(
            source_id=_needed(raw, "id", 120),
            title=shortened(_needed(raw, "title", 2000), 500),
            body=_needed(raw, "body", _TEXT_LENGTH),
            law_number=_text(raw, "law_no", 60),
            law_name=shortened(_text(raw, "law_name", 2000), 500),
            article_number=_text(raw, "article_no", 20),
            issuer=_text(raw, "issuer", 200),
            issued_on=_day(raw, "issued"),
            sector=self._sector_of_topic(raw),
            topic=_text(raw, "field", 200),
        )

    @cached_property
    def _sectors(self) -> dict[str, Any]:
        return {sector.code: sector for sector in Sector.objects.all()}

    @cached_property
    def _units(self) -> dict[str, Any]:
        return {unit.code: unit for unit in apps.get_model(unit_model_name()).objects.all()}

    @cached_property
    def _sector_names(self) -> dict[str, Any]:
        return {fold(sector.name): sector for sector in self._sectors.values()}

    def _sector_of_topic(self, raw: Mapping[str, Any]) -> Any:
        return self._sector_names.get(fold(_text(raw, "field", 200)))

    def _listed(self, raw: Mapping[str, Any], name: str, rows: Mapping[str, Any]) -> Any:
        code = _text(raw, name, 60)
        if code and code not in rows:
            raise RowError(_("There is no %(list)s with the code “%(code)s”.") % {"list": name, "code": code})
        return rows.get(code)


def shortened(title: str, length: int = _TITLE_LENGTH) -> str:
    """The title, cut at a word boundary if it is too long for the field."""
    if len(title) <= length:
        return title
    return f"{title[: length - 1].rsplit(' ', 1)[0]}…"


def _text(raw: Mapping[str, Any], name: str, longest: int) -> str:
    value = raw.get(name)
    if value is None:
        return ""
    if not isinstance(value, (str, int, float)):
        raise RowError(_("“%(name)s” must be text.") % {"name": name})
    text = normalize(str(value)).strip()
    if len(text) > longest:
        problem = _("“%(name)s” is longer than %(longest)d characters.")
        raise RowError(problem % {"name": name, "longest": longest})
    return text


def _needed(raw: Mapping[str, Any], name: str, longest: int) -> str:
    text = _text(raw, name, longest)
    if not text:
        raise RowError(_("“%(name)s” is missing.") % {"name": name})
    return text


def _choice(raw: Mapping[str, Any], name: str, known: list[str]) -> str:
    value = _text(raw, name, 40)
    if value and value not in known:
        raise RowError(_("“%(name)s” must be one of: %(known)s.") % {"name": name, "known": ", ".join(known)})
    return value


def _lines(raw: Mapping[str, Any], name: str) -> str:
    value = raw.get(name) or ""
    if isinstance(value, list):
        value = "\n".join(str(part) for part in value)
    return _text({name: value}, name, 5000)


def _day(raw: Mapping[str, Any], name: str) -> date | None:
    value = raw.get(name)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date) or not value:
        return value or None
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(str(value).strip(), pattern).date()
        except ValueError:
            continue
    raise RowError(_("“%(name)s” must be a date such as 2026-03-05 or 05/03/2026.") % {"name": name})
