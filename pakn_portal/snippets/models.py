"""Reference lists that editors keep. Starter rows are in `starter/`; `pakn_setup` loads them without harm,
again and again.
"""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pakn_portal.conf import unit_model_name
from pakn_portal.snippets import validation
from pakn_portal.snippets.enums import (
    HolidayKind,
    HolidayStatus,
    Kind,
    SenderKind,
    Step,
    TermUnit,
    Urgency,
)
from pakn_portal.snippets.tidy import TidyTexts

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


CODE_HELP = _("Known to imports and reports; it stays as it is once saved.")
ACTIVE_HELP = _("Switch off what is no longer used; old cases keep it.")


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


class Unit(AbstractUnit):
    class Meta(AbstractUnit.Meta):
        swappable = "PAKN_PORTAL_UNIT_MODEL"


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


class RefusalReason(TidyTexts):
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

    class Meta:
        ordering = ["sort_order", "name"]
        verbose_name = _("refusal reason")
        verbose_name_plural = _("refusal reasons")

    def __str__(self) -> str:
        return self.name


class DeadlineRule(TidyTexts):
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
    amount = models.PositiveSmallIntegerField(_("amount"), validators=[MinValueValidator(1)])
    unit = models.CharField(_("unit"), max_length=2, choices=TermUnit, default=TermUnit.WORKING_DAYS)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("The last day; empty while the rule holds.")
    )
    legal_basis = models.CharField(
        _("legal basis"), max_length=300, blank=True, help_text=_("Shown where a deadline is explained.")
    )
    is_verified = models.BooleanField(_("verified by the Legal Department"), default=False)

    class Meta:
        ordering = ["step", "kind", "sender_kind", "-valid_from"]
        verbose_name = _("deadline rule")
        verbose_name_plural = _("deadline rules")

    def __str__(self) -> str:
        return f"{capfirst(self.get_step_display())}: {self.amount} {self.get_unit_display()}"

    def clean(self) -> None:
        super().clean()
        validation.check_period(self)
        validation.check_overlap(self)


class Holiday(TidyTexts):
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
        help_text=_("A proposed day does not count yet; deadlines follow once it is in force."),
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["date"]
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y} {self.name}"

    def clean(self) -> None:
        super().clean()
        validation.check_weekday(self)


class Synonym(TidyTexts):
    """An abbreviation or everyday word and what it stands for; widens a query at once, no re-indexing."""

    term = models.CharField(_("term"), max_length=100, unique=True)
    expansions = models.TextField(_("expansions"), help_text=_("One on each line."))
    is_active = models.BooleanField(
        pgettext_lazy("entry of a list", "active"), default=True, help_text=ACTIVE_HELP
    )

    class Meta:
        ordering = ["term"]
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")

    def __str__(self) -> str:
        return self.term

    def clean(self) -> None:
        super().clean()
        validation.check_expansions(self)
