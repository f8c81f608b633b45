from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from pakn_portal import clock
from pakn_portal.cases.enums import ToldBy
from pakn_portal.notifications.by_hand.actions import NO_CALL, NO_CALL_ON_PAPER, NOT_YET
from pakn_portal.snippets.dates import day_field
from pakn_portal.staff.cases.choices import capitalised
from pakn_portal.staff.cases.moves.forms import text_field


class GivenForm(forms.Form):
    """How the sender was told."""

    way = forms.ChoiceField(
        label=_("The sender was told"),
        choices=capitalised(*ToldBy.choices),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one here.")},
    )
    told_on = day_field(
        label=_("On the day"), required=False, help_text=_("When it was posted, handed over or said.")
    )
    note = text_field(
        _("Note"),
        required=False,
        help_text=_("For colleagues, in the register: who took the call, say."),
    )

    def __init__(self, *args: Any, has_call: bool = True, is_printed: bool = False, **kwargs: Any) -> None:
        """Without `has_call` the telephone is no way to tell this. `is_printed`: nor where the letter is made
        in the same act.
        """
        super().__init__(*args, **kwargs)
        self.is_printed = is_printed
        self.fields["told_on"].initial = clock.today
        if not has_call:
            way = cast(forms.ChoiceField, self.fields["way"])
            way.error_messages["invalid_choice"] = NO_CALL
            way.choices = capitalised(*(way for way in ToldBy.choices if way[0] != ToldBy.TELEPHONE))

    def clean_way(self) -> str:
        way: str = self.cleaned_data["way"]
        if self.is_printed and way == ToldBy.TELEPHONE:
            raise forms.ValidationError(NO_CALL_ON_PAPER)
        return way

    def clean_told_on(self) -> date | None:
        day: date | None = self.cleaned_data["told_on"]
        if day is not None and day > clock.today():
            raise forms.ValidationError(NOT_YET)
        return day
