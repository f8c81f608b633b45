"""What staff find difficult, for the Ministry Office and the Information Centre to work off."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pakn_portal import clock
from pakn_portal.people.names import person
from pakn_portal.staff.help.screens import title_of

__all__ = ["Difficulty"]


class Difficulty(models.Model):
    """Where it was hard, and in which version; never a case: the screen is the name of its address alone, and
    what looks like personal data is masked before it is stored.
    """

    words = models.TextField(_("what is difficult"), max_length=2000)
    #: Name of the address, without what stands in it: `pakn_cases_modeladmin_inspect`.
    screen = models.CharField(_("screen"), max_length=120, blank=True)
    version = models.CharField(pgettext_lazy("of the software", "version"), max_length=40, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reported_at = models.DateTimeField(_("reported at"), default=clock.now)
    #: What was done about it; it is dealt with while this is not empty.
    remedy = models.CharField(_("what was done"), max_length=500, blank=True)
    dealt_with_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    dealt_with_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]
        verbose_name = _("difficulty")
        verbose_name_plural = _("difficulties")
        indexes = [models.Index(fields=["dealt_with_at"], name="pakn_difficulty_open")]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def who(self) -> str:
        """By name; empty where the account is gone."""
        return person(self.reported_by) if self.reported_by is not None else ""

    @property
    def screen_title(self) -> str:
        """What its readers call the screen; empty where none was sent along."""
        return title_of(self.screen)
