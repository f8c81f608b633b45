"""What can be done to many cases at once: the form that asks once, and the verb for each case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pakn_portal import clock
from pakn_portal.cases import actions
from pakn_portal.cases.actions.duplicates import this_very_case
from pakn_portal.cases.enums import AT_INTAKE, Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.cases.petition_graph import PETITION_GRAPH
from pakn_portal.cases.rights import rights_anywhere
from pakn_portal.deadlines.rules import current_calendar
from pakn_portal.flow.moving import obstacle
from pakn_portal.pages.answers.actions import publish_answer
from pakn_portal.people.accounts import open_accounts
from pakn_portal.people.at_hand import AtHand
from pakn_portal.people.names import by_name
from pakn_portal.people.scope import Scope
from pakn_portal.routing import actions as routing
from pakn_portal.snippets.choices import RowField
from pakn_portal.staff.cases.bulk.forms import BulkForm
from pakn_portal.staff.cases.bulk.taking_in import BulkTakeInForm
from pakn_portal.staff.cases.moves.buttons import label_of
from pakn_portal.staff.cases.moves.forms import (
    SENDER,
    LoadedChoice,
    case_by_number,
    more_for_sender,
    offer_units,
    text_field,
)
from pakn_portal.staff.cases.moves.load import loads_of
from pakn_portal.submissions.forms.fields import TextField


class BulkForwardForm(BulkForm):
    to_unit = RowField(label=_("Lead unit"), queryset=None)
    note = text_field(_("Note for the unit"), required=False)

    def prepare(self, cases: Sequence[Case]) -> None:
        offer_units(cast("forms.ModelChoiceField[Any]", self.fields["to_unit"]))


class BulkAssignForm(BulkForm):
    officer = LoadedChoice(label=_("Officer"), queryset=None)
    note = text_field(_("Note for the officer"), required=False)

    def prepare(self, cases: Sequence[Case]) -> None:
        """The people of the units whose cases this person may assign: a row that is refused offers nobody.
        The verb refuses whoever is of another unit than the case.
        """
        units = self._units(cases)
        at_hand = AtHand(units)
        staff = {unit: at_hand.staff(unit) for unit in units}
        keys = {pk for people in staff.values() for pk in people}
        field = cast(LoadedChoice, self.fields["officer"])
        people = by_name(open_accounts().filter(pk__in=keys))
        field.queryset, field.loads = people, loads_of(people, clock.today(), current_calendar())
        if len(units) > 1:
            field.units = {
                pk: "; ".join(str(name) for unit, name in units.items() if pk in staff[unit]) for pk in keys
            }

    def _units(self, cases: Sequence[Case]) -> dict[Any, Any]:
        """Where no case can be assigned as it stands, those of this person: a case may have changed."""
        mine = {*self.scope.focal_of, *self.scope.head_of}
        mine_of = [case for case in cases if case.lead_unit_id in mine]
        open_ones = [case for case in mine_of if not obstacle(case, Verb.ASSIGN, self.scope)]
        return {case.lead_unit_id: case.lead_unit for case in open_ones or mine_of}


class BulkRemindForm(BulkForm):
    note = text_field(_("Note"), required=False)


class BulkExtendForm(BulkForm):
    note = text_field(
        _("What the sender is told"),
        help_text=_("Goes to the sender as it is, and onto the tracking page."),
        audience=SENDER,
    )


class BulkJoinForm(BulkForm):
    master = TextField(
        label=_("Number of the case that is handled"),
        max_length=60,
        help_text=_("The other cases are joined to it. Each sender gets its answer, under their own number."),
    )
    note = more_for_sender()

    def prepare(self, cases: Sequence[Case]) -> None:
        """The oldest of them, unless another one is meant."""
        self.keys = {case.pk for case in cases}
        self.fields["master"].initial = min(cases, key=lambda case: case.pk).number

    def clean_master(self) -> Case:
        master = case_by_number(self.scope, self.cleaned_data["master"])
        if self.keys == {master.pk}:
            raise forms.ValidationError(this_very_case())
        return master

    def acted_on(self, cases: Sequence[Case]) -> list[Case]:
        """Not the one to which the others are joined."""
        return [case for case in cases if case.pk != self.cleaned_data["master"].pk]


@dataclass(frozen=True)
class Bulk:
    """To whom the button is drawn, the graph says; each case asks for the right itself."""

    form: type[BulkForm]
    perform: Callable[[Case, Any, dict[str, Any]], Any]
    #: Puts a text on the site: only one that was read to its end, and the mail has the address of the page.
    is_release: bool = False
    #: The part of it that writes to the sender, where that is not all of it.
    part_told: Callable[[Case, Any, dict[str, Any]], Any] | None = None


BULK: dict[Verb, Bulk] = {
    Verb.RECEIVE: Bulk(BulkForm, lambda case, by, data: actions.receive_case(case, by=by)),
    Verb.FORWARD: Bulk(
        BulkForwardForm,
        lambda case, by, data: routing.forward_case(case, to_unit=data["to_unit"], note=data["note"], by=by),
    ),
    Verb.ASSIGN: Bulk(
        BulkAssignForm,
        lambda case, by, data: routing.assign_case(case, officer=data["officer"], note=data["note"], by=by),
    ),
    Verb.REMIND: Bulk(
        BulkRemindForm, lambda case, by, data: routing.remind_unit(case, note=data["note"], by=by)
    ),
    Verb.EXTEND_DEADLINE: Bulk(
        BulkExtendForm, lambda case, by, data: routing.extend_deadline(case, note=data["note"], by=by)
    ),
    Verb.MARK_DUPLICATE: Bulk(
        BulkJoinForm,
        lambda case, by, data: actions.mark_duplicate(case, master=data["master"], note=data["note"], by=by),
    ),
    Verb.PUBLISH: Bulk(BulkForm, lambda case, by, data: publish_answer(case, by=by), is_release=True),
}


#: The one act of intake, of several verbs; beside those that are one verb, by its name.
TAKE_IN: Final = "take_in"

ACTS: dict[str, Bulk] = {
    TAKE_IN: Bulk(
        BulkTakeInForm,
        lambda case, by, data: routing.take_to_unit(case, by=by, **data),
        part_told=lambda case, by, data: actions.receive_case(case, by=by),
    ),
    **{str(verb): bulk for verb, bulk in BULK.items()},
}


def bulk_verbs(scope: Scope) -> list[Verb]:
    """Those that this person may ever do, in the order of the work."""
    rights = rights_anywhere(scope)
    return [verb for verb in BULK if rights & PETITION_GRAPH.rights_to(verb)]


def bulk_acts(scope: Scope) -> list[str]:
    """The same with those of several verbs."""
    takes_in = rights_anywhere(scope) & PETITION_GRAPH.rights_to(Verb.CLASSIFY)
    return [*([TAKE_IN] if takes_in else []), *bulk_verbs(scope)]


def label_of_act(name: str) -> str:
    return gettext("Receive and forward") if name == TAKE_IN else label_of(Verb(name))


def verb_of(name: str, case: Case) -> Verb:
    """The verb that the act begins with in this case: its guards say what stands in the way, and its mail is
    what the sender gets.
    """
    if name != TAKE_IN:
        return Verb(name)
    return Verb.CLASSIFY if case.status in AT_INTAKE - {Status.SUBMITTED} else Verb.RECEIVE
