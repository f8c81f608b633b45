"""The forms of what whoever keeps sealed cases does: with complaints and denunciations, and with secrets."""

from __future__ import annotations

from typing import Any

from django import forms
from django.apps import apps
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pakn_portal.cases.actions import (
    LONGEST_NUMBER,
    added_since,
    last_line_of,
    letter_number,
    one_receiver,
    problem_of_date,
    problem_of_end,
    problem_of_letter_number,
    problem_of_number,
)
from pakn_portal.cases.enums import Settled, Suspicion
from pakn_portal.cases.models import Case
from pakn_portal.conf import unit_model_name
from pakn_portal.register.texts import text_hash
from pakn_portal.snippets.choices import RowField
from pakn_portal.snippets.dates import day_field
from pakn_portal.snippets.models import Agency
from pakn_portal.staff.cases.choices import capitalised
from pakn_portal.staff.cases.moves.forms import SENDER, MoveForm, NoteForm, inner_note, text_field
from pakn_portal.submissions.forms.fields import TextField


class GuideAgainForm(MoveForm):
    note = text_field(
        _("What the sender is told"),
        help_text=_(
            "Goes into the letter below as it is, and onto the tracking page. Mail is not secret: say where "
            "to turn, and nothing of what was sent."
        ),
        audience=SENDER,
    )
    inner_note = inner_note()


class HoldForm(NoteForm):
    """What it is taken for; a keeper who reads it decides."""

    suspected = forms.ChoiceField(
        label=_("Why it is locked"),
        choices=capitalised(*Suspicion.choices),
        required=False,
        widget=forms.RadioSelect,
        initial=Suspicion.SECRET,
    )

    field_order = ("suspected", "note")

    def clean_suspected(self) -> str:
        return self.cleaned_data["suspected"] or Suspicion.SECRET


def paper_number(label: Any, help_text: Any) -> TextField:
    return TextField(label=label, max_length=LONGEST_NUMBER, help_text=help_text)


def checked_number(number: str) -> str:
    if problem := problem_of_number(number):
        raise forms.ValidationError(problem)
    return number


def checked_letter_number(number: str) -> str:
    if problem := problem_of_letter_number(number):
        raise forms.ValidationError(problem)
    return letter_number(number)


def checked_date(case: Case, day: Any) -> Any:
    if problem := problem_of_date(case, day):
        raise forms.ValidationError(problem)
    return day


class HandOverForm(NoteForm):
    agency = RowField(label=_("Agency"), queryset=Agency.objects.filter(is_active=True), required=False)
    unit = RowField(label=_("or unit of the ministry"), queryset=None, required=False)
    paper_number = paper_number(
        _("Number of the paper"), _("As it stands on the paper, such as 123/BNV-TTr.")
    )
    paper_dated_on = day_field(label=_("Date of the paper"))

    def prepare(self) -> None:
        units = apps.get_model(unit_model_name())._default_manager.filter(is_active=True)
        self.choice("unit", units)

    def clean_paper_number(self) -> str:
        return checked_letter_number(self.cleaned_data["paper_number"])

    def clean_paper_dated_on(self) -> Any:
        return checked_date(self.case, self.cleaned_data["paper_dated_on"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = [name for name in ("agency", "unit") if cleaned.get(name)]
        if len(chosen) != 1 and not {"agency", "unit"} & set(self.errors):
            self.add_error("agency", one_receiver())
        return cleaned


class SettleForm(NoteForm):
    settled_as = forms.ChoiceField(
        label=_("What became of it"), choices=capitalised(*Settled.choices), widget=forms.RadioSelect
    )

    def clean_settled_as(self) -> str:
        end = str(self.cleaned_data["settled_as"])
        if problem := problem_of_end(self.case, end):
            raise forms.ValidationError(problem)
        return end


class ConfirmSecretForm(MoveForm):
    """Asked twice: nothing brings back what goes."""

    paper_number = paper_number(
        _("Number in the paper register"),
        _(
            "The number of its line in the register of papers with state secrets. Nothing of the matter "
            "itself."
        ),
    )
    paper_dated_on = day_field(label=_("Date of the entry"))
    is_copied = forms.BooleanField(
        label=_("The text and every file are in the paper register"), required=False
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    #: The line of the register to which the case was read.
    read_until = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def prepare(self) -> None:
        self.initial["read_until"] = last_line_of(self.case)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "read_until" in cleaned and added_since(self.case, cleaned["read_until"]):
            self.data = {**self.data, "read_until": last_line_of(self.case)}
            self.add_error(
                "is_copied",
                gettext("The sender has added something meanwhile. Read it, and enter it on paper too."),
            )
        return cleaned

    def clean_paper_number(self) -> str:
        return checked_number(self.cleaned_data["paper_number"])

    def clean_paper_dated_on(self) -> Any:
        return checked_date(self.case, self.cleaned_data["paper_dated_on"])

    def clean_is_copied(self) -> bool:
        if not self.cleaned_data["is_copied"]:
            raise forms.ValidationError(gettext("First enter it on paper: nothing of it stays here."))
        return True

    @property
    def number_joined(self) -> int:
        """How many cases are locked with it."""
        return Case.objects.joined_to(self.case).count()

    @property
    def is_last_look(self) -> bool:
        """Whether the person is asked for the second time."""
        return self.is_bound and not self.errors and bool(self["seen"].value())

    def second_look(self) -> dict[str, str]:
        day: Any = self.cleaned_data["paper_dated_on"]
        entry = text_hash(self.cleaned_data["paper_number"], day.isoformat())
        return {} if self.cleaned_data["seen"] == entry else {"seen": entry}
