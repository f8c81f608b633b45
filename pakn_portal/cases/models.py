"""The electronic dossier of a submission, and its register."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pakn_portal import clock
from pakn_portal.cases.enums import OPEN, OTHER_PROCEDURES, SEALED, About, Outcome, Settled, Status, Verb
from pakn_portal.cases.querysets import CaseQuerySet
from pakn_portal.conf import unit_model_name
from pakn_portal.permissions import CASE_PERMISSIONS
from pakn_portal.register.models import AbstractEvent
from pakn_portal.snippets.enums import TermUnit, Urgency
from pakn_portal.submissions.models import StoredFile

__all__ = ["Case", "CaseEvent", "CaseFile", "Extension", "Pause"]


class Case(models.Model):
    """One case for one submission. Only verbs change it; nobody deletes it (I9)."""

    number = models.CharField(_("case number"), max_length=40, unique=True)
    submission = models.OneToOneField(
        "pakn_portal.Submission", on_delete=models.PROTECT, related_name="case", verbose_name=_("submission")
    )
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.SUBMITTED)
    version = models.PositiveIntegerField(default=0, editable=False)
    sector = models.ForeignKey(
        "pakn_portal.Sector",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sector"),
    )
    urgency = models.CharField(_("urgency"), max_length=20, choices=Urgency, default=Urgency.NORMAL)
    #: Empty while nobody has said, and where it is neither.
    about = models.CharField(
        pgettext_lazy("what an opinion is on", "about"), max_length=20, choices=About, blank=True
    )
    lead_unit = models.ForeignKey(
        unit_model_name(),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lead unit"),
    )
    supporting_units = models.ManyToManyField(
        unit_model_name(), blank=True, related_name="+", verbose_name=_("supporting units")
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("officer"),
    )
    agency = models.ForeignKey(
        "pakn_portal.Agency",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("agency"),
    )
    refusal_reason = models.ForeignKey(
        "pakn_portal.RefusalReason",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("refusal reason"),
    )
    master = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="duplicates",
        verbose_name=_("same as"),
    )
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)

    # The clock: the term in force on the day of registration stays with the case whatever the rules become.
    #: The day of receipt, for good: what is re-opened keeps it.
    registered_on = models.DateField(_("registered on"))
    #: From where the present term is counted: the day of receipt, or that of the last re-opening.
    term_started_on = models.DateField(_("term counted from"))
    deadline_rule = models.ForeignKey(
        "pakn_portal.DeadlineRule", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    #: 1 for the first term, one more each time the case is re-opened; what was granted in it counts in it.
    term_number = models.PositiveSmallIntegerField(default=1)
    term_amount = models.PositiveSmallIntegerField(_("term"), null=True, blank=True)
    term_unit = models.CharField(max_length=2, choices=TermUnit, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    intake_due_on = models.DateField(_("intake due on"), null=True, blank=True)
    #: None while the clock is paused or when the calendar does not know the year (see the W-check and the
    #: staff panel).
    due_on = models.DateField(_("due on"), null=True, blank=True)
    #: What the unit has set itself; the sender knows nothing of it.
    inner_due_on = models.DateField(_("due within the unit"), null=True, blank=True)
    #: The day on which the wait for the sender's supplement ends.
    supplement_due_on = models.DateField(_("supplement due on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    # Of a complaint or a denunciation only.
    #: By when it is to be handed over; None once it was, and without a rule or a calendar for it.
    hand_over_due_on = models.DateField(_("to be handed over by"), null=True, blank=True)
    #: The date of the paper with which it went.
    handed_over_on = models.DateField(_("handed over on"), null=True, blank=True)
    #: Empty while whoever keeps sealed cases still has something to do.
    settled_as = models.CharField(_("what became of it"), max_length=20, choices=Settled, blank=True)
    created_at = models.DateTimeField(pgettext_lazy("of a case", "created at"), default=clock.now)

    #: The pauses as its sender is told them, where a lock is hidden from them (`due_dates.hide_lock`).
    told_pauses: ClassVar[Any] = None

    #: Its graph and all that goes with it: `cases/moves.py`.
    procedure: ClassVar[str] = "petition"

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-pk"]
        default_permissions = ()
        permissions = CASE_PERMISSIONS
        indexes = [
            models.Index(fields=["status", "due_on"], name="pakn_case_status_due"),
            models.Index(fields=["lead_unit", "status", "due_on"], name="pakn_case_unit_status"),
            models.Index(fields=["officer", "status"], name="pakn_case_officer"),
            models.Index(fields=["registered_on"], name="pakn_case_registered"),
            models.Index(fields=["closed_on"], name="pakn_case_closed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values), name="pakn_case_status_known"
            ),
        ]

    def __str__(self) -> str:
        # The number only: this string reaches logs, the site history and page titles of other units.
        return self.number

    @property
    def is_open(self) -> bool:
        """Work goes on. A case that was locked after its end stays closed."""
        return self.status in OPEN and self.closed_on is None

    @property
    def lead(self) -> Case | None:
        """The case whose answer its sender is told, while it is joined to one."""
        return self.master if self.status == Status.DUPLICATE else None

    @property
    def waits_for_keepers(self) -> bool:
        """A complaint or a denunciation that waits for who keeps sealed cases; as
        `querysets.WAITS_FOR_KEEPERS`.
        """
        return self.status in OTHER_PROCEDURES and not self.settled_as

    @property
    def next_due_on(self) -> date | None:
        """The day that counts where it stands, None where none does."""
        if self.is_open:
            return self.due_on
        return self.hand_over_due_on if self.waits_for_keepers else None

    @property
    def is_sealed(self) -> bool:
        return self.status in SEALED

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("A case is never deleted.")


class Pause(models.Model):
    """The clock stands still from `started_on` to `ended_on`, both included; None: it still stands."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="pauses")
    term_number = models.PositiveSmallIntegerField(default=1)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=20, choices=Verb)

    class Meta:
        ordering = ["started_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_on=None) | models.Q(ended_on__gte=models.F("started_on")),
                name="pakn_pause_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.started_on}"


class Extension(models.Model):
    """More time, given by a chief with a reason that the sender is told."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="extensions")
    term_number = models.PositiveSmallIntegerField(default=1)
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=2, choices=TermUnit)
    reason = models.CharField(max_length=300, blank=True)
    legal_basis = models.CharField(max_length=300, blank=True)
    granted_on = models.DateField()

    class Meta:
        ordering = ["granted_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gte=1), name="pakn_extension_gives_time")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} +{self.amount} {self.unit}"


class CaseFile(StoredFile):
    """A file that staff attached to what they wrote about a case. An answer lists its own; those of a
    question or an opinion are named by the line of the register that has its words.
    """

    case_path = "case"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="files")
    attached_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ()
        ordering = ["uploaded_at", "pk"]
        verbose_name = _("file of a case")
        verbose_name_plural = _("files of cases")

    def __str__(self) -> str:
        return f"#{self.pk}"


class CaseEvent(AbstractEvent):
    """One line of a case's register; what its `data` holds is in `events.py`."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    verb = models.CharField(max_length=30, choices=Verb)
    from_status = models.CharField(max_length=20, choices=Status, blank=True)
    to_status = models.CharField(max_length=20, choices=Status)

    subject_field = "case"

    class Meta(AbstractEvent.Meta):
        ordering = ["case", "sequence"]
        verbose_name = _("case event")
        verbose_name_plural = _("case events")
        constraints = [
            models.UniqueConstraint(fields=["case", "sequence"], name="pakn_event_sequence"),
        ]
        indexes = [
            models.Index(fields=["at"], name="pakn_event_at"),
            models.Index(fields=["verb", "at"], name="pakn_event_verb_at"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.sequence} {self.verb}"
