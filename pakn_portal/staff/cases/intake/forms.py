"""The form of intake in one act."""

from __future__ import annotations

import json
from typing import Any, cast

from django import forms
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from pakn_portal.cases import due_dates
from pakn_portal.cases.models import Case
from pakn_portal.deadlines.calendar import UnknownYear
from pakn_portal.deadlines.explain import explain
from pakn_portal.deadlines.rules import NoRule, current_calendar
from pakn_portal.people.scope import Scope
from pakn_portal.snippets.choices import RowField
from pakn_portal.snippets.enums import Step, Urgency
from pakn_portal.snippets.models import DeadlineRule, Sector
from pakn_portal.staff.cases.intake.suggestions import Suggestions
from pakn_portal.staff.cases.list.filters import URGENCIES
from pakn_portal.staff.cases.moves.forms import MoveForm, about_field, offer_units, text_field


class IntakeForm(MoveForm):
    """Receive, classify and forward. What is chosen beforehand comes with its reason."""

    sector = RowField(label=_("Sector"), queryset=Sector.objects.none())
    about = about_field()
    to_unit = RowField(label=_("Lead unit"), queryset=None)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=URGENCIES)
    note = text_field(
        _("Note for the unit"),
        required=False,
        help_text=_("For colleagues only. Name no personal data here."),
    )
    note.widget.attrs["rows"] = 2

    def __init__(self, *args: Any, case: Case, scope: Scope, **kwargs: Any) -> None:
        self.suggestions = Suggestions(case)
        super().__init__(*args, case=case, scope=scope, **kwargs)

    def prepare(self) -> None:
        self._sectors = Sector.objects.filter(is_active=True).select_related("lead_unit")
        sectors = self.choice("sector", self._sectors)
        units = offer_units(cast("forms.ModelChoiceField[Any]", self.fields["to_unit"]))
        self.fields["to_unit"].help_text = ""
        sector, unit = self.suggestions.sector.row, self.suggestions.unit.row
        self.initial.update(
            sector=sector.pk if sector is not None else None,
            to_unit=unit.pk if unit in units else None,
            urgency=self.case.urgency,
            about=self.case.about,
        )
        usual = {row.pk: str(row.lead_unit_id) for row in self._sectors if row.lead_unit in units}
        sectors.widget.attrs["data-pakn-units"] = json.dumps(usual)

    def due_dates(self) -> dict[str, str]:
        """The sentence of the due date for each sector and urgency, by "sector urgency"; one query for the
        rules and one for the calendar.
        """
        prefetch_related_objects([self.case], "pauses", "extensions")
        rules, calendar = list(DeadlineRule.objects.filter(step=Step.REPLY)), current_calendar()
        sectors = [None, *(row.pk for row in self._sectors)]
        return {
            f"{sector or ''} {urgency}": self._told(sector, urgency, rules, calendar)
            for sector in sectors
            for urgency in Urgency.values
        }

    def _told(self, sector: int | None, urgency: str, rules: list[DeadlineRule], calendar: Any) -> str:
        try:
            found = due_dates.outlook(
                self.case, sector=sector, urgency=urgency, rules=rules, calendar=calendar
            )
        except (NoRule, UnknownYear) as error:
            return str(error)
        return explain(found)
