"""The form in which a sender's own data are corrected or erased. It shows none of them: whoever is to read
contacts opens them on the case, which is written down.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pakn_portal.cases.actions import problem_of_values
from pakn_portal.cases.models import Case
from pakn_portal.snippets.choices import Select
from pakn_portal.snippets.enums import SenderKind
from pakn_portal.staff.cases.choices import capitalised
from pakn_portal.staff.cases.moves.forms import STAFF, MoveForm, text_field
from pakn_portal.submissions.correcting import CORRECTABLE, ERASABLE
from pakn_portal.submissions.forms.fields import MailField, NameField, PhoneField, TaxCodeField, TextField
from pakn_portal.submissions.forms.provinces import province_choices

_OF_ORGANISATIONS = ("organisation", "tax_code")


class SenderDataForm(MoveForm):
    """Each field empty: as it is. `values` and `takes_back_name` are what the verb wants."""

    full_name = NameField(label=_("Full name"), required=False, max_length=150)
    organisation = TextField(label=_("Organisation"), required=False, max_length=200)
    tax_code = TaxCodeField(label=_("Tax code"), required=False, max_length=20)
    address = TextField(label=_("Address"), required=False, max_length=300)
    province = forms.ChoiceField(
        label=_("Province or city"), choices=province_choices, required=False, widget=Select
    )
    phone = PhoneField(label=_("Telephone"), required=False, max_length=20)
    email = MailField(label=_("E-mail"), required=False, max_length=254)
    erased = forms.MultipleChoiceField(
        label=_("Erase"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("What the ministry has of it is gone for good."),
    )  # fmt: skip
    takes_back_name = forms.BooleanField(
        label=_("The sender does not agree to be named in public any more"), required=False
    )
    note = text_field(
        _("How it was asked for"),
        help_text=_("For example: by telephone on 12/03, called back. Name no personal data here."),
        audience=STAFF,
    )

    def prepare(self) -> None:
        submission = self.case.submission
        for name in _OF_ORGANISATIONS if submission.sender.kind == SenderKind.CITIZEN else ():
            del self.fields[name]
        if not submission.wants_name_published:
            del self.fields["takes_back_name"]
        labels = {name: self.fields[name].label for name in CORRECTABLE if name in self.fields}
        erased: Any = self.fields["erased"]
        erased.choices = capitalised(*((name, labels[name]) for name in ERASABLE if name in labels))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        values = {name: cleaned[name] for name in CORRECTABLE if cleaned.get(name)}
        for name in cleaned["erased"]:
            if name in values:
                self.add_error(name, gettext("Either a new value or erased, not both."))
            values[name] = ""
        cleaned |= {"values": values, "takes_back_name": cleaned.get("takes_back_name", False)}
        if problem := problem_of_values(self.case, values, takes_back_name=cleaned["takes_back_name"]):
            self.add_error(None, problem)
        return cleaned


def what_of_a_name(case: Case) -> str:
    """What is left to do where the sender agreed to be named."""
    if not case.submission.wants_name_published:
        return ""
    return gettext(
        "The sender agreed to be named. If the public answer names them, ask its publisher for a correction "
        "once that is taken back."
    )
