from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pakn_portal.conf import unit_model_name
from pakn_portal.snippets.models.help import ACTIVE_HELP, CODE_HELP
from pakn_portal.snippets.tidy import TidyTexts


class Sector(TidyTexts):
    """A field of the ministry's work (MOLISA circular 53/2015/TT-BLĐTBXH has the starter list)."""

    code = models.SlugField(_("code"), max_length=60, unique=True, help_text=CODE_HELP)
    name = models.CharField(_("name"), max_length=200)
    description = models.CharField(
        pgettext_lazy("entry of a list", "description"), max_length=300, blank=True
    )
    lead_unit = models.ForeignKey(
        unit_model_name(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("usual lead unit"),
        help_text=_("Suggested when a case of this sector is forwarded."),
    )
    is_active = models.BooleanField(
        pgettext_lazy("entry of a list", "active"), default=True, help_text=ACTIVE_HELP
    )
    sort_order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Smaller numbers stand first.")
    )

    class Meta:
        ordering = ["sort_order", "name"]
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")

    def __str__(self) -> str:
        return self.name
