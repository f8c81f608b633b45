from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from pakn_portal.snippets import validation
from pakn_portal.snippets.confirmation.confirmable import Confirmable
from pakn_portal.snippets.enums import HolidayKind, HolidayStatus


class Holiday(Confirmable):
    """A day off, or a weekend day that is worked. A year without a row in force is unknown to the deadline
    engine.
    """

    date = models.DateField(_("date"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=HolidayKind, default=HolidayKind.DAY_OFF)
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=HolidayStatus,
        default=HolidayStatus.IN_FORCE,
        help_text=_(
            "An expected day counts already, and every date that depends on it is shown as expected. A "
            "proposed day does not count yet; deadlines follow once it is in force."
        ),
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    CONFIRMED = ("date", "name", "kind", "status", "note")

    class Meta:
        ordering = ["date"]
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y} {self.name}"

    def clean(self) -> None:
        super().clean()
        validation.check_weekday(self)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A year is confirmed as a whole: one that a day leaves is to be looked at again."""
        left = type(self)._base_manager.filter(pk=self.pk).first() if self.pk else None
        super().save(*args, **kwargs)
        if left is not None and left.date.year != self.date.year:
            left._unsettle_year()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        done = super().delete(*args, **kwargs)
        self._unsettle_year()
        return done

    def _unsettle_year(self) -> None:
        type(self)._base_manager.filter(date__year=self.date.year).update(is_verified=False)
