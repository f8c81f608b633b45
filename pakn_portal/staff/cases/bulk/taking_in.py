"""Intake of many ordinary petitions: sector and unit of each as suggested, or as changed in its row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from pakn_portal.cases.enums import AT_INTAKE
from pakn_portal.cases.models import Case
from pakn_portal.snippets.choices import RowField, Select, row_key
from pakn_portal.snippets.models import Sector
from pakn_portal.staff.cases.bulk.forms import BulkForm
from pakn_portal.staff.cases.intake.suggestions import Suggestions, sure_suggestions
from pakn_portal.staff.cases.moves.forms import offer_units, text_field
from pakn_portal.text import secret_markings
from pakn_portal.text.procedures import signs_of_procedures


@dataclass(frozen=True)
class TakeInRow:
    """Of one case. `doubts`: why it is no ordinary one, so that no unit is chosen beforehand."""

    sector: forms.BoundField
    unit: forms.BoundField
    reason: str = ""
    doubts: Sequence[str] = field(default_factory=tuple)

    @property
    def is_filled(self) -> bool:
        return bool(self.sector.value() and self.unit.value())


class BulkTakeInForm(BulkForm):
    note = text_field(
        _("Note for the unit"),
        required=False,
        help_text=_("For colleagues only. Name no personal data here."),
    )

    def prepare(self, cases: Sequence[Case]) -> None:
        self._sectors = {
            row.pk: row for row in Sector.objects.filter(is_active=True).select_related("lead_unit")
        }
        self._units = {row.pk: row for row in offer_units(RowField(queryset=None))}
        self._waiting = {case.pk: case for case in cases if case.status in AT_INTAKE}
        self._suggestions = sure_suggestions(list(self._waiting.values()))
        self._doubts = {key: doubts_of(case) for key, case in self._waiting.items()}
        # the same choices for every row: to draw one costs the database nothing
        sectors = _choices(self._sectors.values(), pgettext_lazy("empty choice", "Choose…"))
        units = _choices(self._units.values(), pgettext_lazy("empty choice", "Leave it out for now"))
        for key, case in self._waiting.items():
            found = self._suggestions[key]
            unit = None if self._doubts[key] else found.unit.row
            sector_label = gettext("Sector of %(number)s") % {"number": case.number}
            unit_label = gettext("Lead unit of %(number)s") % {"number": case.number}
            self.fields[_sector(case)] = _row_field(sectors, self._sectors, sector_label)
            self.fields[_unit(case)] = _row_field(units, self._units, unit_label)
            self.initial.setdefault(_sector(case), _key_in(self._sectors, found.sector.row))
            self.initial.setdefault(_unit(case), _key_in(self._units, unit))

    @property
    def asked_once(self) -> list[forms.BoundField]:
        """The fields that are of no row."""
        return [self["note"]]

    @property
    def usual_units(self) -> str:
        """For the script: the unit of each sector, by their keys."""
        usual = {key: str(row.lead_unit_id) for key, row in self._sectors.items()}
        return json.dumps({key: unit for key, unit in usual.items() if unit in map(str, self._units)})

    def row_of(self, case: Case) -> TakeInRow | None:
        if case.pk not in self._waiting:
            return None
        reason = _reason(self._suggestions[case.pk])
        return TakeInRow(self[_sector(case)], self[_unit(case)], reason, self._doubts[case.pk])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        rows = self._waiting.values()
        if not self.errors and rows and all(self.why_left_out(case) for case in rows):
            raise forms.ValidationError(_("Choose sector and unit of at least one case."))
        return cleaned

    def why_left_out(self, case: Case) -> str:
        if case.pk not in self._waiting:
            return ""  # the verb says why not
        if not self.cleaned_data.get(_unit(case)):
            return gettext("no unit is chosen")
        return "" if self.cleaned_data.get(_sector(case)) else gettext("no sector is chosen")

    def data_of(self, case: Case) -> dict[str, Any]:
        return {
            "sector": self.cleaned_data.get(_sector(case)),
            "to_unit": self.cleaned_data.get(_unit(case)),
            "urgency": case.urgency,
            "about": case.about,
            "note": self.cleaned_data["note"],
        }


def doubts_of(case: Case) -> list[str]:
    """What in the text wants to be read before anybody forwards it."""
    title, content = case.submission.title, case.submission.content
    told = {
        "denunciation": gettext("There are signs of a denunciation:"),
        "complaint": gettext("There are signs of a complaint:"),
    }
    doubts = [f"{told[sign.procedure]} “{sign.quote}”" for sign in signs_of_procedures(title, content)]
    if finds := secret_markings(f"{title}\n{content}"):
        marking = gettext("It carries a marking of state secrets (“%(marking)s”).")
        doubts.insert(0, marking % {"marking": finds[0].text})
    return doubts


def _sector(case: Case) -> str:
    return f"sector-{case.pk}"


def _unit(case: Case) -> str:
    return f"unit-{case.pk}"


def _choices(rows: Iterable[Any], empty: str | Promise) -> list[tuple[Any, Any]]:
    return [("", empty), *((row.pk, str(row)) for row in sorted(rows, key=row_key))]


def _row_field(choices: list[tuple[Any, Any]], rows: dict[Any, Any], label: str) -> forms.Field:
    by_text = {str(key): row for key, row in rows.items()}
    return forms.TypedChoiceField(
        choices=choices,
        coerce=by_text.__getitem__,
        empty_value=None,
        required=False,
        label=label,
        widget=Select,
    )


def _key_in(rows: dict[Any, Any], row: Any) -> Any:
    return row.pk if row is not None and row.pk in rows else ""


def _reason(found: Suggestions) -> str:
    return "; ".join(filter(None, (found.sector.reason, found.unit.reason)))
