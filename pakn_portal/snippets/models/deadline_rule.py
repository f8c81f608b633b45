from __future__ import annotations

from typing import Final

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from pakn_portal.permissions import RULE_PERMISSIONS
from pakn_portal.snippets import validation
from pakn_portal.snippets.confirmation.confirmable import Confirmable
from pakn_portal.snippets.enums import Kind, OtherProcedure, SenderKind, Step, TermUnit, Urgency
from pakn_portal.snippets.models.sector import Sector
from pakn_portal.text import normalize

#: In the basis of a rule, in the lists that ship too: nobody has compared it with the law yet.
TO_COMPARE: Final = "cần đối chiếu"


class DeadlineRule(Confirmable):
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
    procedure = models.CharField(
        pgettext_lazy("of a deadline rule", "procedure"),
        max_length=20,
        choices=OtherProcedure,
        blank=True,
        help_text=_(
            "For the step that hands a complaint or a denunciation over: each has a term in its own law."
        ),
    )
    amount = models.PositiveSmallIntegerField(_("amount"), validators=[MinValueValidator(1)])
    unit = models.CharField(
        pgettext_lazy("of a term", "unit"), max_length=2, choices=TermUnit, default=TermUnit.WORKING_DAYS
    )
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("The last day; empty while the rule holds.")
    )
    legal_basis = models.CharField(
        _("legal basis"), max_length=300, blank=True, help_text=_("Shown where a deadline is explained.")
    )
    needs_written_notice = models.BooleanField(
        _("written notice required"),
        default=False,
        help_text=_(
            "The sender has the act in writing: by e-mail, or on paper where they left no address. For "
            "referrals, extensions and requests for a supplement."
        ),
    )

    CONFIRMED = (
        "step",
        "kind",
        "sender_kind",
        "sector_id",
        "urgency",
        "amount",
        "unit",
        "valid_from",
        "valid_until",
        "legal_basis",
        "needs_written_notice",
    )
    CONFIRMED_WHERE_SET = ("procedure",)

    class Meta:
        permissions = RULE_PERMISSIONS
        ordering = ["step", "kind", "sender_kind", "-valid_from"]
        verbose_name = _("deadline rule")
        verbose_name_plural = _("deadline rules")

    def __str__(self) -> str:
        return f"{capfirst(self.get_step_display())}: {self.amount} {self.get_unit_display()}"

    @property
    def doubt(self) -> str:
        """Why staff cannot lean on it yet, a sentence; "" once the Legal Department confirmed it as it is. No
        confirmation stands in place of a basis.
        """
        if not self.legal_basis:
            return gettext("This term has no legal basis yet: it is for the ministry to decide.")
        return "" if self.is_confirmed else gettext("The Legal Department has not confirmed this term yet.")

    @property
    def obstacle(self) -> str:
        if not self.legal_basis:
            return gettext(
                "It cannot be confirmed without a legal basis. Enter the ministry's decision first, with "
                "number and date."
            )
        if TO_COMPARE in normalize(self.legal_basis).lower():
            return gettext(
                "Its legal basis says itself that it is still to be compared. Compare it and write down what "
                "holds, then confirm it."
            )
        return ""

    def clean(self) -> None:
        super().clean()
        validation.check_period(self)
        validation.check_overlap(self)
        validation.check_notice(self)
        validation.check_procedure(self)
