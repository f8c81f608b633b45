"""The public forms as the Ministry Office fills them in for somebody who wrote, called or came."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pakn_portal import clock
from pakn_portal.people.actor import Account
from pakn_portal.snippets.dates import day_field
from pakn_portal.snippets.enums import SenderKind
from pakn_portal.staff.cases.choices import KINDS, capitalised
from pakn_portal.staff.dates import minute_field
from pakn_portal.submissions.actions import NewSubmission
from pakn_portal.submissions.enums import Channel
from pakn_portal.submissions.forms.senders import BusinessForm, CitizenForm, SecrecyMixin, SubmissionForm

#: How a case reaches the office; what is sent on the site enters by itself.
CHANNELS = capitalised(
    *(choice for choice in Channel.choices if choice[0] not in (Channel.WEB, Channel.QUESTIONNAIRE))
)
_HOW = (
    _("How it came"),
    ("channel", "received_at", "letter_number", "letter_dated_on", "backdating_reason"),
)

#: Label and hint of the shared fields, said to the person who writes down what somebody else sent.
_WORDS: dict[str, tuple[Any, Any]] = {
    "kind": (_("Kind of submission"), ""),
    "title": (_("Title"), _("What it is about, in one sentence.")),
    "content": (
        _("What the sender says"),
        _("In the sender's own words. Leave out the numbers of identity cards and bank accounts."),
    ),
    "suggested_sector": (_("Sector"), _("Leave it open if you are not sure: it can be classified later.")),
    "concerned_unit": (_("Office or person concerned"), _("When the sender names one.")),
    "full_name": (_("Sender's full name"), ""),
    "organisation": (_("Name of the business or organisation"), ""),
    "address": (_("Sender's address"), _("House number, street or village, ward or commune.")),
    "phone": (_("Sender's telephone"), ""),
    "email": (_("Sender's e-mail"), _("The receipt and the news about the case go there.")),
    "wants_name_published": (
        _("The sender agrees to be named when the answer is made public"),
        _("Without this tick the public text has no name and no contact of the sender."),
    ),
}
_REQUIRED = {
    "full_name": _("Write the sender's full name. The law requires it for an answer."),
    "content": _("Write what the sender tells or asks."),
    "channel": _("Choose one here."),
}


class EntryMixin(SubmissionForm):
    """Adds how and when it came. One way to reach the sender is enough: a letter has only an address."""

    channel = forms.ChoiceField(label=_("Channel"), choices=CHANNELS, widget=forms.RadioSelect)
    received_at = minute_field(
        label=_("Received at"),
        help_text=_("When it reached the ministry: by the stamp on the letter, or the time of the call."),
    )
    letter_number = forms.CharField(
        label=_("Number of the incoming letter"),
        required=False,
        max_length=60,
        help_text=_("As it stands on it."),
    )
    letter_dated_on = day_field(label=_("Date of the incoming letter"), required=False)
    backdating_reason = forms.CharField(
        label=_("Reason for the earlier date"),
        required=False,
        max_length=300,
        help_text=_("Needed when it came before today: the deadline counts from that day."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["holds_no_secret"]
        self.fields["address"].required = False
        self.initial.setdefault("received_at", clock.now())
        self._speak_to_staff()
        self.order_fields([name for _heading, names in self.sections for name in names])

    def _speak_to_staff(self) -> None:
        """Their words, and no browser that fills in the name and address of whoever is on duty."""
        for name, (label, hint) in _WORDS.items():
            if name in self.fields:
                self.fields[name].label, self.fields[name].help_text = label, hint
                self.fields[name].widget.attrs["autocomplete"] = "off"
        for name, message in _REQUIRED.items():
            self.fields[name].error_messages["required"] = message
        cast(forms.ChoiceField, self.fields["kind"]).choices = KINDS
        cast("forms.ModelChoiceField[Any]", self.fields["suggested_sector"]).empty_label = _("Not sure yet")

    def clean(self) -> dict[str, Any]:
        # past SubmissionForm, which insists on telephone or e-mail
        cleaned = SecrecyMixin.clean(self)
        if (
            not any(cleaned.get(name) for name in ("address", "phone", "email"))
            and "phone" not in self.errors
        ):
            self.add_error("address", gettext("Write at least one way to reach the sender."))
        self._check_date(cleaned)
        if (dated_on := cleaned.get("letter_dated_on")) and dated_on > clock.today():
            self.add_error("letter_dated_on", gettext("This day has not come yet."))
        return cleaned

    def _check_date(self, cleaned: dict[str, Any]) -> None:
        received_at = cleaned.get("received_at")
        if received_at is None:
            return
        if received_at > clock.now():
            self.add_error("received_at", gettext("This time has not come yet."))
        elif clock.local_date(received_at) < clock.today() and not cleaned.get("backdating_reason"):
            self.add_error("backdating_reason", gettext("Say why it is entered later than it came."))

    def to_entry(self, by: Account) -> NewSubmission:
        """What the verb takes; `by` is written down as who entered it."""
        data = self.cleaned_data
        return replace(
            self.to_submission(),
            channel=data["channel"],
            received_at=data["received_at"],
            backdating_reason=data["backdating_reason"],
            letter_number=data["letter_number"],
            letter_dated_on=data["letter_dated_on"],
            entered_by=by,
        )


def _retitled(sections: Any) -> tuple[Any, ...]:
    """The parts of the public form under the headings of this one: the words first, they are most of it."""
    (_words, matter), (_who, sender) = sections
    return (_("What was sent"), matter), _HOW, (_("Sender"), sender)


class CitizenEntryForm(EntryMixin, CitizenForm):
    sections = _retitled(CitizenForm.sections)


class BusinessEntryForm(EntryMixin, BusinessForm):
    sections = _retitled(BusinessForm.sections)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["full_name"].label = _("Full name of the representative")


def entry_form_for(sender_kind: str) -> type[EntryMixin]:
    return BusinessEntryForm if sender_kind == SenderKind.BUSINESS else CitizenEntryForm
