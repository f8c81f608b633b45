"""Reference lists that editors keep. Starter rows are in `starter/`; `pakn_setup` loads them without harm,
again and again.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pakn_portal.conf import unit_model_name
from pakn_portal.snippets.enums import (
    HolidayKind,
    HolidayStatus,
    Kind,
    SenderKind,
    Step,
    TermUnit,
    Urgency,
)

__all__ = [
    "AbstractUnit",
    "Agency",
    "DeadlineRule",
    "Holiday",
    "RefusalReason",
    "Sector",
    "Synonym",
    "Unit",
]


class AbstractUnit(models.Model):
    """An organisational unit of the ministry. Swap the concrete class with `PAKN_PORTAL_UNIT_MODEL`."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
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
    )
    head = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("head"),
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        abstract = True
        ordering = ["name"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")

    def __str__(self) -> str:
        return self.name


class Unit(AbstractUnit):
    class Meta(AbstractUnit.Meta):
        swappable = "PAKN_PORTAL_UNIT_MODEL"


class Sector(models.Model):
    """A field of the ministry's work (MOLISA circular 53/2015/TT-BLĐTBXH has the starter list)."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    description = models.CharField(_("description"), max_length=300, blank=True)
    lead_unit = models.ForeignKey(
        unit_model_name(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("usual lead unit"),
    )
    is_active = models.BooleanField(_("active"), default=True)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["sort_order", "name"]
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    """A body outside the ministry to which a case can be referred."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    note = models.CharField(_("note for the sender"), max_length=300, blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")

    def __str__(self) -> str:
        return self.name


class RefusalReason(models.Model):
    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    public_text = models.TextField(_("text for the sender"))
    needs_written_notice = models.BooleanField(_("written notice required"), default=False)
    may_resubmit = models.BooleanField(_("the sender may send again"), default=True)
    is_active = models.BooleanField(_("active"), default=True)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["sort_order", "name"]
        verbose_name = _("refusal reason")
        verbose_name_plural = _("refusal reasons")

    def __str__(self) -> str:
        return self.name


class DeadlineRule(models.Model):
    """How long a step may take. The most specific rule in force on the day of registration wins; see
    `deadlines/rules.py`.
    """

    step = models.CharField(_("step"), max_length=20, choices=Step)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, blank=True)
    sender_kind = models.CharField(_("sender"), max_length=20, choices=SenderKind, blank=True)
    sector = models.ForeignKey(
        Sector, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sector")
    )
    urgency = models.CharField(_("urgency"), max_length=20, choices=Urgency, blank=True)
    amount = models.PositiveSmallIntegerField(_("amount"))
    unit = models.CharField(_("unit"), max_length=2, choices=TermUnit, default=TermUnit.WORKING_DAYS)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    is_verified = models.BooleanField(_("verified by the Legal Department"), default=False)

    class Meta:
        ordering = ["step", "kind", "sender_kind", "-valid_from"]
        verbose_name = _("deadline rule")
        verbose_name_plural = _("deadline rules")

    def __str__(self) -> str:
        return f"{self.get_step_display()}: {self.amount} {self.get_unit_display()}"


class Holiday(models.Model):
    """A day off, or a weekend day that is worked. A year without a row in force is unknown to the deadline
    engine.
    """

    date = models.DateField(_("date"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=HolidayKind, default=HolidayKind.DAY_OFF)
    status = models.CharField(
        _("status"), max_length=20, choices=HolidayStatus, default=HolidayStatus.IN_FORCE
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["date"]
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y} {self.name}"


class Synonym(models.Model):
    """An abbreviation or everyday word and what it stands for; widens a query at once, no re-indexing."""

    term = models.CharField(_("term"), max_length=100, unique=True)
    expansions = models.TextField(_("expansions"), help_text=_("One on each line."))
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ["term"]
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")

    def __str__(self) -> str:
        return self.term
