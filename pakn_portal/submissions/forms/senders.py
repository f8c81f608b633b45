"""The forms of citizens and businesses, and the supplement. Fields as in Decree 20/2008/NĐ-CP art. 6–7.

To add a field: add it here, to `NewSubmission` or `NewSender`, to the model and to `to_submission`; the
templates show it without a change.
"""

from __future__ import annotations

import hashlib
from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pakn_portal.snippets.choices import RowField, Select
from pakn_portal.snippets.enums import Kind, SenderKind
from pakn_portal.snippets.models import Sector
from pakn_portal.submissions.actions import NewSender, NewSubmission
from pakn_portal.submissions.forms.fields import (
    MailField,
    NameField,
    OpenTextField,
    PhoneField,
    SayingField,
    TaxCodeField,
    TextField,
    markings_in,
)
from pakn_portal.submissions.forms.provinces import province_choices

LONGEST_CONTENT: Final = 20_000
KINDS: Final = [
    (Kind.FEEDBACK, _("Report a problem with a rule, a procedure or an office")),
    (Kind.PETITION, _("Propose a change or a solution")),
    (Kind.QUESTION, _("Ask about policy or law")),
]


class SectorField(RowField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Sector.objects.none(), **kwargs)


class SecrecyMixin(forms.Form):
    """Asks for confirmation if the text has a mark of secrecy: such content must not be sent over
    the Internet (Law 117/2025/QH15).

    The confirming checkbox is valid only for the marks that were found.
    """

    secrecy_checked = forms.BooleanField(
        required=False,
        label=_(
            "I have looked again: the words marked are no mark of secrecy, and the text holds no "
            "state secret."
        ),
    )
    watched_fields: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        marks = markings_in(*(cleaned.get(name) or "" for name in self.watched_fields))
        self.secrecy_mark = hashlib.sha256("\x1f".join(marks).encode()).hexdigest()[:16] if marks else ""
        was_asked = bool(marks) and self.data.get("secrecy_mark") == self.secrecy_mark
        if marks and not (was_asked and cleaned.get("secrecy_checked")):
            for name in self.watched_fields:
                self._ask_back(name, cleaned.get(name) or "")
        return cleaned

    def _ask_back(self, name: str, text: str) -> None:
        if marks := markings_in(text):
            self.add_error(
                name,
                gettext(
                    "Here stands “%(marks)s”, which marks a state secret. Such content may not be sent over "
                    "the Internet: take it out and bring or post it on paper. If the word means something "
                    "else, tick the box beneath and send again."
                )
                % {"marks": "”, “".join(marks)},
            )

    @property
    def asks_about_secrecy(self) -> bool:
        return bool(getattr(self, "secrecy_mark", ""))


class SubmissionForm(SecrecyMixin):
    """The fields of every sender. A subclass adds those of its kind of sender."""

    sender_kind: SenderKind = SenderKind.CITIZEN
    watched_fields = ("title", "content", "concerned_unit")
    #: The sections of the page: heading, and its fields.
    sections: tuple[tuple[Any, tuple[str, ...]], ...] = ()

    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what it is about."),
            "invalid_choice": _("Choose one of these."),
        },
    )
    title = SayingField(
        label=_("In one sentence"),
        help_text=_("For example: Late payment of unemployment benefit in my ward."),
        max_length=200,
        error_messages={"required": _("Write in one sentence what it is about.")},
    )
    content = OpenTextField(
        label=_("What happened, or what do you want to know?"),
        help_text=_(
            "In Vietnamese. Say what, where and when, and which papers or decisions it concerns. "
            "Leave out the numbers of identity cards and bank accounts."
        ),
        lines=True,
        max_length=LONGEST_CONTENT,
        error_messages={"required": _("Write what happened or what you want to know.")},
    )
    suggested_sector = SectorField(
        label=_("Sector"),
        help_text=_("If you are not sure, leave it open: the Ministry Office will sort it."),
        required=False,
        empty_label=_("I am not sure"),
        error_messages={"invalid_choice": _("Choose a sector from the list, or leave it open.")},
    )
    concerned_unit = TextField(
        label=_("Office or person concerned"),
        help_text=_("If your matter is about a certain office."),
        required=False,
        max_length=200,
    )
    full_name = NameField(
        label=_("Full name"),
        max_length=150,
        error_messages={"required": _("Write your full name. The law requires it for an answer.")},
    )
    address = TextField(
        label=_("Address"),
        help_text=_("House number, street or village, ward or commune."),
        max_length=300,
        error_messages={"required": _("Write the address at which we can reach you.")},
    )
    province = forms.ChoiceField(
        label=_("Province or city"), choices=province_choices, required=False, widget=Select
    )
    phone = PhoneField(
        label=_("Telephone"),
        help_text=_("At least one of the two: telephone or e-mail."),
        required=False,
        max_length=20,
    )
    email = MailField(
        label=_("E-mail"),
        help_text=_("The receipt and the news about your case go there."),
        required=False,
        max_length=254,
        error_messages={"invalid": _("This e-mail address is not complete. It looks like ten@example.vn.")},
    )
    wants_name_published = forms.BooleanField(
        label=_("I agree to be named when the answer is made public"),
        help_text=_(
            "The ministry may then name you, but need not. Without this tick the public text has no name and "
            "no contact of yours."
        ),
        required=False,
    )
    holds_no_secret = forms.BooleanField(
        label=_("What I send holds no state secret"),
        help_text=_(
            "Secret content is only taken on paper, at the Ministry Office. Sending it here breaks the law."
        ),
        error_messages={"required": _("Confirm that what you send holds no state secret.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        cast(SectorField, self.fields["suggested_sector"]).queryset = Sector.objects.filter(is_active=True)
        for name, kind in (
            ("phone", "tel"),
            ("email", "email"),
            ("full_name", "name"),
            ("address", "street-address"),
        ):
            self.fields[name].widget.attrs["autocomplete"] = kind
        ways_to_answer: list[Any] = [self.fields["phone"], self.fields["email"]]
        for way in ways_to_answer:
            way.is_one_of = True
        self.fields["phone"].widget.input_type = "tel"
        self.fields["phone"].widget.attrs["inputmode"] = "tel"
        dress(self)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        has_tried = {"phone", "email"} & self.errors.keys()
        if not (cleaned.get("phone") or cleaned.get("email") or has_tried):
            self.add_error(
                "phone", gettext("Write a telephone number or an e-mail address, at least one of them.")
            )
        return cleaned

    def in_sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        return [(heading, [self[name] for name in names]) for heading, names in self.sections]

    @property
    def matter(self) -> tuple[str, ...]:
        """The fields of the first section: what it is about, and not who sends it."""
        return self.sections[0][1] if self.sections else ()

    def names_around_files(self) -> tuple[list[str], list[str]]:
        """The fields in page order: those before the files, which follow the first
        section, and those after them.
        """
        first = [*(self.sections[0][1] if self.sections else ()), "secrecy_checked"]
        rest = [name for _heading, names in self.sections[1:] for name in names]
        others = [name for name in self.fields if name not in {*first, *rest}]
        return first, [*rest, *others]

    def to_submission(self) -> NewSubmission:
        """What the verb takes; the form must be valid."""
        data = self.cleaned_data
        sender_fields = [name for name in NewSender.__dataclass_fields__ if name in data]
        sender = NewSender(
            **{name: data[name] for name in sender_fields if name != "kind"}, kind=self.sender_kind
        )
        return NewSubmission(
            sender=sender,
            title=data["title"],
            content=data["content"],
            kind=data["kind"],
            suggested_sector=data["suggested_sector"],
            concerned_unit=data["concerned_unit"],
            wants_name_published=data["wants_name_published"],
        )


_MATTER: Final = (_("Your matter"), ("kind", "title", "content", "suggested_sector", "concerned_unit"))
_CONTACTS: Final = ("address", "province", "phone", "email")


class CitizenForm(SubmissionForm):
    sections = (
        _MATTER,
        (_("Who you are"), ("full_name", *_CONTACTS)),
    )


class BusinessForm(SubmissionForm):
    sender_kind = SenderKind.BUSINESS
    sections = (
        _MATTER,
        (_("Who you are"), ("organisation", "tax_code", "full_name", *_CONTACTS)),
    )

    organisation = NameField(
        label=_("Name of the business or organisation"),
        max_length=200,
        error_messages={"required": _("Write the name of the business or organisation.")},
    )
    tax_code = TaxCodeField(label=_("Tax code"), required=False, max_length=14)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["full_name"].label = _("Full name of the representative")
        self.fields["organisation"].widget.attrs["autocomplete"] = "organization"


class SupplementForm(SecrecyMixin):
    """What the sender adds when asked."""

    watched_fields = ("content",)

    content = OpenTextField(
        label=_("What you add"),
        lines=True,
        max_length=LONGEST_CONTENT,
        error_messages={"required": _("Write what you add, or what the files you add are about.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        dress(self)


FORMS: Final = {SenderKind.CITIZEN: CitizenForm, SenderKind.BUSINESS: BusinessForm}
#: The choices of a form page.
SENDERS_WITH_FORM: Final = [(kind.value, kind.label) for kind in FORMS]


def form_class_for(sender_kind: str) -> type[SubmissionForm]:
    """KeyError for senders without a form; no page for them can be made, see `SENDERS_WITH_FORM`."""
    return FORMS[SenderKind(sender_kind)]


def dress(form: forms.Form) -> None:
    """Add our CSS class to every input except radio buttons and checkboxes. No field shows
    a star: most are required.
    """
    form.use_required_attribute = False
    for field in form.fields.values():
        if not isinstance(field.widget, forms.RadioSelect | forms.CheckboxInput | forms.HiddenInput):
            field.widget.attrs.setdefault("class", "pakn-input")
