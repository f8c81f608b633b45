"""The small form of each action. A form only gathers; whether the action is allowed is the verb's to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, cast

from django import forms
from django.apps import apps
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from pakn_portal import clock
from pakn_portal.cases.actions import (
    INSTEAD_OF_REFUSING,
    is_unnamed,
    name_it,
    no_such_case,
    this_very_case,
)
from pakn_portal.cases.enums import About, Verb
from pakn_portal.cases.models import Case
from pakn_portal.conf import unit_model_name
from pakn_portal.deadlines.rules import current_calendar
from pakn_portal.people.accounts import open_accounts
from pakn_portal.people.at_hand import AtHand
from pakn_portal.people.names import by_name, person
from pakn_portal.people.scope import Scope
from pakn_portal.snippets.choices import PeopleInOrder, RowField
from pakn_portal.snippets.dates import day_field
from pakn_portal.snippets.models import Agency, RefusalReason, Sector
from pakn_portal.staff.cases.choices import URGENCIES, capitalised
from pakn_portal.staff.cases.moves.load import Load, loads_of
from pakn_portal.submissions.forms.fields import TextField
from pakn_portal.submissions.models import StoredFile
from pakn_portal.submissions.secrets import example_number, looks_like_number, normalize_number

LONGEST_NOTE = 5_000
LONGEST_TEXT = 50_000


#: Who reads what is written in a box: told above it in words, beside colour and place.
STAFF, SENDER, PUBLIC, AGENCY = "staff", "sender", "public", "agency"
READERS = {
    STAFF: _("Only staff read this"),
    SENDER: _("The sender reads this word for word"),
    PUBLIC: _("Everybody reads this"),
    AGENCY: _("The other agency reads this word for word"),
}


class WordsField(TextField):
    """Words for somebody; `audience` is of `READERS`, or empty."""

    audience: str = ""


def text_field(
    label: Any,
    *,
    required: bool = True,
    help_text: Any = "",
    longest: int = LONGEST_NOTE,
    audience: str = "",
    rows: int = 0,
) -> Any:
    """Several lines, normalised like what senders write. `audience`: of `READERS`. `rows`: of a text that is
    the matter itself, where a note begins with few.
    """
    field = WordsField(
        lines=True,
        label=label,
        required=required,
        help_text=help_text,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}) if rows else AdminAutoHeightTextInput(),
    )
    field.audience = audience
    return field


@dataclass(frozen=True)
class FormBox:
    """A field, and who reads what is written there; empty for a choice."""

    field: forms.BoundField
    audience: str

    @property
    def reader(self) -> str:
        return str(READERS.get(self.audience, ""))


class MoveForm(forms.Form):
    """Carries the version that was looked at, so that a change in between is told and not overrun."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, case: Case, scope: Scope, **kwargs: Any) -> None:
        self.case, self.scope = case, scope
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = case.version
        self.prepare()
        for field in self.fields.values():
            is_choice = isinstance(field, forms.ChoiceField)
            field.error_messages["required"] = (
                _("Choose one here.") if is_choice else _("Write it down here.")
            )

    def prepare(self) -> None:
        """Choices and first values that depend on the case."""

    def second_look(self) -> dict[str, str]:
        """What is asked of the person once more before it is carried out, as values of the form; empty: no
        more.
        """
        return {}

    @property
    def is_written(self) -> bool:
        """Whether there are words to keep, beside what is chosen."""
        return any(isinstance(field.field, forms.CharField) for field in self.visible_fields())

    @property
    def boxes(self) -> list[FormBox]:
        """What is filled in, without the words for colleagues."""
        return [box for box in self._boxes() if box.audience != STAFF]

    @property
    def inner_boxes(self) -> list[FormBox]:
        """The words for colleagues, which stand apart from what the sender reads."""
        return [box for box in self._boxes() if box.audience == STAFF]

    def _boxes(self) -> list[FormBox]:
        return [FormBox(field, getattr(field.field, "audience", "")) for field in self.visible_fields()]

    def choice(self, name: str, rows: QuerySet[Any]) -> forms.ModelChoiceField[Any]:
        """Offer these rows in a field."""
        field = cast("forms.ModelChoiceField[Any]", self.fields[name])
        field.queryset = rows
        return field


class AttachingForm(MoveForm):
    """A form that files may go with, see `attaching.py`. `dropped`: keys of files that were saved before and
    are taken out.
    """

    form_key = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    dropped = forms.CharField(required=False, max_length=2_000, widget=forms.HiddenInput)
    #: Who gets them, said where they are chosen.
    files_hint: Any = ""

    def saved_files(self) -> list[StoredFile]:
        """Those that what is written here has already."""
        return []

    def clean_dropped(self) -> list[str]:
        keys: str = self.cleaned_data["dropped"]
        return keys.split()


class NoteForm(MoveForm):
    note = text_field(
        _("Inner note"),
        required=False,
        help_text=_("Kept in the register. Name no personal data here."),
        audience=STAFF,
    )


class ColleagueForm(MoveForm):
    note = text_field(
        _("Inner note"), help_text=_("Kept in the register. Name no personal data here."), audience=STAFF
    )


class ReasonForm(MoveForm):
    note = text_field(
        _("Reason"), help_text=_("Kept in the register. Name no personal data here."), audience=STAFF
    )


def inner_note() -> Any:
    """Beside words for the sender: a box of its own, so that nobody writes to colleagues in the other."""
    return text_field(
        _("Inner note"),
        required=False,
        help_text=_("A line of its own in the register. Name no personal data here."),
        audience=STAFF,
    )


def more_for_sender() -> Any:
    return text_field(
        _("More for the sender"),
        required=False,
        help_text=_("Goes into the letter below as it is, and onto the tracking page."),
        audience=SENDER,
    )


class SilentForm(MoveForm):
    """The sender is told without words of ours."""

    inner_note = inner_note()


class TellSenderForm(MoveForm):
    note = text_field(
        _("What the sender is told"),
        help_text=_("Goes into the letter below as it is, and onto the tracking page."),
        audience=SENDER,
    )
    inner_note = inner_note()


class AskSenderForm(TellSenderForm, AttachingForm):
    """With files for the sender, such as a form to fill in."""

    files_hint = _("The sender gets these files with your question.")


class MoreForSenderForm(MoveForm):
    """For what the sender is told anyway; these words go with it, so none of them may be internal."""

    note = more_for_sender()
    inner_note = inner_note()


class ReasonChoice(RowField):
    def label_from_instance(self, obj: RefusalReason) -> SafeString:
        instead = INSTEAD_OF_REFUSING.get(obj.code)
        text = obj.public_text
        if instead is not None:
            text = _("Leads to the action “%(verb)s”.") % {"verb": instead.label}
        elif obj.needs_written_notice:
            wanted = _("A written notice is required.")
            text = f"{text} {wanted}"
        return format_html(
            '<span class="pakn-choice"><b>{}</b><span class="pakn-choice-text">{}</span></span>',
            obj.name,
            text,
        )


class RefuseForm(MoveForm):
    reason = ReasonChoice(
        label=_("Reason"),
        queryset=RefusalReason.objects.filter(is_active=True),
        widget=forms.RadioSelect,
        empty_label=None,
        help_text=_("The sender is told the text beneath the reason you choose."),
    )
    note = more_for_sender()
    inner_note = inner_note()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        reason = cleaned.get("reason")
        if reason is not None and is_unnamed(reason, cleaned.get("note", "")):
            self.add_error("note", name_it())
        return cleaned

    @property
    def instead(self) -> Verb | None:
        """The action that the chosen reason leads to."""
        reason = self.cleaned_data.get("reason") if self.is_bound and self.is_valid() else None
        return INSTEAD_OF_REFUSING.get(reason.code) if reason is not None else None


def about_field() -> forms.ChoiceField:
    """As the ministry's forms ask; a question of policy is about neither."""
    choices = [*capitalised(*About.choices), ("", _("Neither of them"))]
    label = pgettext_lazy("what an opinion is on", "About")
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect)


class ClassifyForm(MoveForm):
    sector = RowField(label=_("Sector"), queryset=Sector.objects.filter(is_active=True))
    about = about_field()
    urgency = forms.ChoiceField(label=_("Urgency"), choices=URGENCIES)
    note = text_field(_("Inner note"), required=False, audience=STAFF)

    def prepare(self) -> None:
        self.initial.update(sector=self.case.sector_id, urgency=self.case.urgency, about=self.case.about)


def offer_units(field: forms.ModelChoiceField[Any], *, without: Any = None) -> QuerySet[Any]:
    """Units where somebody can act; the verbs refuse the others. Four queries."""
    active = apps.get_model(unit_model_name())._default_manager.filter(is_active=True).exclude(pk=without)
    keys = set(active.order_by().values_list("pk", flat=True))
    at_hand = AtHand(keys)
    field.queryset = active.filter(pk__in=[key for key in keys if not at_hand.is_empty(key)])
    if len(field.queryset) < len(keys):
        field.help_text = _("Units where nobody can act yet are not offered. An administrator names people.")
    return field.queryset


class ForwardForm(MoveForm):
    to_unit = RowField(label=_("Lead unit"), queryset=None)
    note = text_field(_("Note for the unit"), required=False, audience=STAFF)

    def prepare(self) -> None:
        field = cast("forms.ModelChoiceField[Any]", self.fields["to_unit"])
        usual = self.case.sector.lead_unit if self.case.sector else None
        units = offer_units(field)
        if usual is not None and usual in units:
            field.initial = usual.pk
            field.help_text = _("Suggested by the sector “%(sector)s”.") % {"sector": self.case.sector}


class PersonChoice(RowField):
    iterator = PeopleInOrder

    def label_from_instance(self, obj: Any) -> str:
        return person(obj)


class LoadedChoice(PersonChoice):
    """With what each has in hand, so that work is not given to whoever comes first in the alphabet."""

    unit: Any = None
    loads: Mapping[Any, Load] = MappingProxyType({})
    #: Where people of several are offered.
    units: Mapping[Any, str] = MappingProxyType({})

    def label_from_instance(self, obj: Any) -> str:
        posts = (
            {self.unit.head_id: _("head"), self.unit.focal_person_id: _("focal person")} if self.unit else {}
        )
        named = ", ".join(filter(None, [person(obj), str(posts.get(obj.pk, "")), self.units.get(obj.pk, "")]))
        return f"{named} – {self.loads.get(obj.pk, Load())}"


class AssignForm(MoveForm):
    officer = LoadedChoice(label=_("Officer"), queryset=None)
    note = text_field(_("Note for the officer"), required=False, audience=STAFF)

    def prepare(self) -> None:
        people = officers_of(self.case.lead_unit)
        field = cast(LoadedChoice, self.choice("officer", people))
        field.initial, field.unit = self.case.officer_id, self.case.lead_unit
        field.loads = loads_of(people, clock.today(), current_calendar())


class UrgencyForm(MoveForm):
    urgency = forms.ChoiceField(label=_("Urgency"), choices=URGENCIES)
    note = text_field(_("Inner note"), required=False, audience=STAFF)

    def prepare(self) -> None:
        self.initial.update(urgency=self.case.urgency)


class InnerDueForm(MoveForm):
    on = day_field(label=_("Due within the unit"), required=False, help_text=_("Empty takes the day away."))
    note = text_field(_("Inner note"), required=False, audience=STAFF)

    def prepare(self) -> None:
        self.initial.update(on=self.case.inner_due_on)


def officers_of(unit: Any) -> QuerySet[Any]:
    """The people of a unit who can act; the verb checks again that the chosen one may handle its cases."""
    people = open_accounts()
    return people.none() if unit is None else by_name(people.filter(pk__in=AtHand([unit.pk]).staff(unit.pk)))


class AskOpinionForm(AttachingForm):
    files_hint = _("Only staff who see the case read these files.")
    unit = RowField(label=_("Unit to ask"), queryset=None)
    note = text_field(_("What you ask"), audience=STAFF, rows=8)

    def prepare(self) -> None:
        offer_units(cast("forms.ModelChoiceField[Any]", self.fields["unit"]), without=self.case.lead_unit_id)


class OpinionForm(AttachingForm):
    files_hint = _("Only staff who see the case read these files.")
    note = text_field(_("Opinion"), longest=LONGEST_TEXT, audience=STAFF, rows=16)


class EnteredSupplementForm(AttachingForm):
    files_hint = _("What the sender sent or brought, such as a scan.")
    content = text_field(
        _("What the sender supplied"),
        help_text=_("In the sender's own words."),
        longest=LONGEST_TEXT,
        rows=10,
    )


class ReferForm(MoveForm):
    agency = RowField(label=_("Agency"), queryset=Agency.objects.filter(is_active=True))
    note = more_for_sender()
    slip_note = text_field(
        _("What the other agency is told"),
        required=False,
        help_text=_(
            "Goes into the forwarding slip, beside what the sender wrote. Empty: the slip has its usual "
            "words alone. The sender does not read it."
        ),
        audience=AGENCY,
    )
    inner_note = inner_note()


class DuplicateForm(MoveForm):
    master = TextField(
        label=_("Number of the other case"),
        max_length=60,
        help_text=_("The one that is handled. The sender of this case gets its answer."),
    )
    note = more_for_sender()
    inner_note = inner_note()

    def clean_master(self) -> Case:
        if normalize_number(self.cleaned_data["master"]) == self.case.number:
            raise forms.ValidationError(this_very_case())
        return case_by_number(self.scope, self.cleaned_data["master"])


def case_by_number(scope: Scope, typed: str) -> Case:
    """As people type it. Raises ValidationError; a case that must not be known is answered like one that does
    not exist.
    """
    found: Case | None = Case.objects.within(scope).filter(number=normalize_number(typed)).first()
    if found is None:
        raise forms.ValidationError(no_such_case() if looks_like_number(typed) else _no_number())
    return found


def _no_number() -> str:
    return gettext("This does not look like a case number, such as %(example)s.") % {
        "example": example_number()
    }
