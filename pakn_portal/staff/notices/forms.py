from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from pakn_portal.cases.enums import ToldBy
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
    note = text_field(
        _("Note"),
        required=False,
        help_text=_("For colleagues, in the register: the day of posting, say, or who took the call."),
    )
