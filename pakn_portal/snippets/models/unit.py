from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pakn_portal.conf import unit_model_name
from pakn_portal.snippets import validation
from pakn_portal.snippets.models.help import ACTIVE_HELP, CODE_HELP
from pakn_portal.snippets.tidy import TidyTexts


class AbstractUnit(TidyTexts):
    """An organisational unit of the ministry. Swap the concrete class with `PAKN_PORTAL_UNIT_MODEL`."""

    code = models.SlugField(_("code"), max_length=60, unique=True, help_text=CODE_HELP)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    parent = models.ForeignKey(
        unit_model_name(),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent unit"),
    )
    staff_group = models.ForeignKey(
        "auth.Group",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("staff group"),
        help_text=_("Members of this group are the officers of the unit and see its cases."),
    )
    focal_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("focal person"),
        help_text=_("Takes what comes to the unit and names the officer."),
    )
    head = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("head"),
        help_text=_("Approves the unit's answers."),
    )
    is_active = models.BooleanField(
        pgettext_lazy("entry of a list", "active"), default=True, help_text=ACTIVE_HELP
    )

    class Meta:
        abstract = True
        ordering = ["name"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        validation.check_parent(self)
        validation.check_closing(self)


class Unit(AbstractUnit):
    class Meta(AbstractUnit.Meta):
        swappable = "PAKN_PORTAL_UNIT_MODEL"
