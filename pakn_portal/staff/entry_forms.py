"""The public forms as the Ministry Office fills them in for somebody who wrote, called or came."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pakn_portal import clock
from pakn_portal.snippets.enums import SenderKind
from pakn_portal.staff.dates import minute_field
from pakn_portal.submissions.actions import NewSubmission
from pakn_portal.submissions.enums import Channel
from pakn_portal.submissions.forms import BusinessForm, CitizenForm, SecrecyMixin, SubmissionForm

#: How a case reaches the office; what is sent on the site enters by itself.
CHANNELS = [choice for choice in Channel.choices if choice[0] not in (Channel.WEB, Channel.QUESTIONNAIRE)]
_HOW = (_("How it came"), ("channel", "received_at", "backdating_reason"))


class EntryMixin(SubmissionForm):
    """Adds how and when it came. One way to reach the sender is enough: a letter has only an address."""

    channel = forms.ChoiceField(label=_("Channel"), choices=CHANNELS, widget=forms.RadioSelect)
    received_at = minute_field(
        label=_("Received at"),
        help_text=_("When it reached the ministry: by the stamp on the letter, or the time of the call."),
    )
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
        self.fields["phone"].help_text = ""
        self.fields["email"].help_text = ""
        self.initial.setdefault("received_at", clock.now())

    def clean(self) -> dict[str, Any]:
        # past SubmissionForm, which insists on telephone or e-mail
        cleaned = SecrecyMixin.clean(self)
        if (
            not any(cleaned.get(name) for name in ("address", "phone", "email"))
            and "phone" not in self.errors
        ):
            self.add_error("address", gettext("Write at least one way to reach the sender."))
        self._check_date(cleaned)
        return cleaned

    def _check_date(self, cleaned: dict[str, Any]) -> None:
        received_at = cleaned.get("received_at")
        if received_at is None:
            return
        if received_at > clock.now():
            self.add_error("received_at", gettext("This time has not come yet."))
        elif localdate(received_at) < clock.today() and not cleaned.get("backdating_reason"):
            self.add_error("backdating_reason", gettext("Say why it is entered later than it came."))

    def to_entry(self, by: Any) -> NewSubmission:
        """What the verb takes; `by` is written down as who entered it."""
        data = self.cleaned_data
        return replace(
            self.to_submission(),
            channel=data["channel"],
            received_at=data["received_at"],
            backdating_reason=data["backdating_reason"],
            entered_by=by,
        )


class CitizenEntryForm(EntryMixin, CitizenForm):
    sections = (_HOW, *CitizenForm.sections)  # type: ignore[assignment]


class BusinessEntryForm(EntryMixin, BusinessForm):
    sections = (_HOW, *BusinessForm.sections)  # type: ignore[assignment]


def entry_form_for(sender_kind: str) -> type[EntryMixin]:
    return BusinessEntryForm if sender_kind == SenderKind.BUSINESS else CitizenEntryForm
