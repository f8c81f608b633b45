"""The form of a day off, which also takes several days at once: Tết is one holiday and seven rows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from pakn_portal.snippets.dates import DAY, day_field
from pakn_portal.snippets.listing import ListForm
from pakn_portal.snippets.models import Holiday

#: No holiday is longer.
LONGEST: Final = 31


class HolidayForm(ListForm):
    last_date = day_field(
        required=False,
        label=gettext_lazy("last day"),
        help_text=gettext_lazy(
            "For several days on end, such as Tết: each of them gets a row. Otherwise empty."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["last_date"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("date"), cleaned.get("last_date")
        if first and last:
            if not 0 <= (last - first).days < LONGEST:
                self.add_error(
                    "last_date",
                    _("The last day comes after the first, at most %(days)s days in all.")
                    % {"days": LONGEST},
                )
            elif taken := Holiday.objects.filter(date__gt=first, date__lte=last).order_by("date").first():
                self.add_error(
                    "last_date", _("%(day)s is in the list already.") % {"day": f"{taken.date:{DAY}}"}
                )
            else:
                self._check_each()
        return cleaned

    def save(self, commit: bool = True) -> Holiday:
        """The further days are written with the first: all of them or none."""
        with transaction.atomic():
            first: Holiday = super().save(commit=commit)
            for row in self._others() if commit else []:
                row.save()
                log(instance=row, action="wagtail.create", user=self.for_user)
        return first

    def _check_each(self) -> None:
        try:
            for row in self._others():
                row.full_clean()
        except ValidationError as error:
            self.add_error("last_date", ", ".join(error.messages))

    def _others(self) -> list[Holiday]:
        first: date = self.cleaned_data["date"]
        last: date = self.cleaned_data.get("last_date") or first
        same = {name: self.cleaned_data[name] for name in ("name", "kind", "status", "note")}
        return [Holiday(date=first + timedelta(days=n), **same) for n in range(1, (last - first).days + 1)]
