from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pakn_portal.snippets.confirmation.confirmable import Confirmable
from pakn_portal.snippets.models.help import ACTIVE_HELP, CODE_HELP


class RefusalReason(Confirmable):
    """Why a case is not taken in (Decree 20/2008/NĐ-CP art. 7)."""

    code = models.SlugField(_("code"), max_length=60, unique=True, help_text=CODE_HELP)
    name = models.CharField(_("name"), max_length=200)
    public_text = models.TextField(
        _("text for the sender"), help_text=_("Say kindly why, and what the sender can do now.")
    )
    needs_written_notice = models.BooleanField(_("written notice required"), default=False)
    may_resubmit = models.BooleanField(_("the sender may send again"), default=True)
    is_active = models.BooleanField(
        pgettext_lazy("entry of a list", "active"), default=True, help_text=ACTIVE_HELP
    )
    sort_order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Smaller numbers stand first.")
    )

    CONFIRMED = ("code", "name", "public_text", "needs_written_notice", "may_resubmit", "is_active")

    class Meta:
        ordering = ["sort_order", "name"]
        verbose_name = _("refusal reason")
        verbose_name_plural = _("refusal reasons")

    def __str__(self) -> str:
        return self.name
