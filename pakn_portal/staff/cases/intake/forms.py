"""The form of intake in one act."""

from __future__ import annotations

import json
from functools import cache, partial
from typing import Any, cast

from django import forms
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from pakn_portal.cases import due_dates
from pakn_portal.cases.models import Case
from pakn_portal.deadlines.calendar import Calendar, UnknownYear
from pakn_portal.deadlines.explain import explain
from pakn_portal.deadlines.rules import NoRule, rules_for
from pakn_portal.people.scope import Scope
from pakn_portal.snippets.choices import RowField
from pakn_portal.snippets.enums import Step, Urgency
from pakn_portal.snippets.models import DeadlineRule, Sector
from pakn_portal.staff.cases.choices import URGENCIES
from pakn_portal.staff.cases.intake.suggestions import Suggestions
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
        sectors = self.choice("sector", Sector.objects.filter(is_active=True).select_related("lead_unit"))
        self._sectors = list(sectors.queryset or ())
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

    def due_dates(self, calendar: Calendar) -> dict[str, str]:
        """The sentence of the due date for each sector and urgency, by "sector urgency".

        One query for the rules. Each rule is computed once, whatever the number of sectors: most lists name
        a handful of them.
        """
        prefetch_related_objects([self.case], "pauses", "extensions")
        rules = rules_for(Step.REPLY)
        named = {rule.sector_id for rule in rules}
        tell = cache(partial(self._told, calendar))
        of = {
            (sector, urgency): tell(self._rule(sector, urgency, rules))
            for sector in named | {None}
            for urgency in Urgency.values
        }
        return {
            f"{sector or ''} {urgency}": of[sector if sector in named else None, urgency]
            for sector in [None, *(row.pk for row in self._sectors)]
            for urgency in Urgency.values
        }

    def _rule(self, sector: int | None, urgency: str, rules: list[DeadlineRule]) -> DeadlineRule | NoRule:
        try:
            return due_dates.rule_if(self.case, Step.REPLY, sector=sector, urgency=urgency, among=rules)
        except NoRule as error:
            return error

    def _told(self, calendar: Calendar, rule: DeadlineRule | NoRule) -> str:
        if isinstance(rule, NoRule):
            return str(rule)
        try:
            return explain(due_dates.outlook(self.case, rule, calendar))
        except UnknownYear as error:
            return str(error)
