from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pakn_portal.snippets.models.help import ACTIVE_HELP, CODE_HELP
from pakn_portal.snippets.tidy import TidyTexts


class Agency(TidyTexts):
    """A body outside the ministry to which a case can be referred."""

    code = models.SlugField(_("code"), max_length=60, unique=True, help_text=CODE_HELP)
    name = models.CharField(_("name"), max_length=200)
    note = models.CharField(_("note for the sender"), max_length=300, blank=True)
    is_active = models.BooleanField(
        pgettext_lazy("entry of a list", "active"), default=True, help_text=ACTIVE_HELP
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")

    def __str__(self) -> str:
        return self.name
