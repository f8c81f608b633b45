"""The answer to a case and its redacted public text. Nothing here names the sender."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pakn_portal.answers.enums import AnswerState, PublicTextState
from pakn_portal.cases.enums import Outcome
from pakn_portal.snippets.enums import LetterKind
from pakn_portal.submissions.models import StoredFile

__all__ = ["Answer", "AnswerVersion", "OutgoingLetter", "PublicFile", "PublicText"]


class Answer(models.Model):
    """What the unit answers. The salutation is added when it is delivered, so that no name stands here."""

    case = models.OneToOneField("pakn_portal.Case", on_delete=models.PROTECT, related_name="answer")
    body = models.TextField(_("answer"))
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    legal_bases = models.TextField(
        _("legal bases"), blank=True, help_text=_("Document numbers, one on each line.")
    )
    #: What goes with it, see `files/listed.py`.
    files = models.TextField(blank=True, editable=False)
    state = models.CharField(max_length=20, choices=AnswerState, default=AnswerState.DRAFT)
    version = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    #: SHA-256 of the approved body (I4).
    approved_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("answer")
        verbose_name_plural = _("answers")

    def __str__(self) -> str:
        return f"#{self.pk}"


class AnswerVersion(models.Model):
    """The words of an answer as they once were saved, or corrected at the approval. Never changed; the line
    of the register that tells of the version proves them (I15).
    """

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    body = models.TextField()
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    legal_bases = models.TextField(blank=True)
    files = models.TextField(blank=True, editable=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["answer", "version"]
        verbose_name = _("version of an answer")
        verbose_name_plural = _("versions of answers")
        constraints = [
            models.UniqueConstraint(fields=["answer", "version"], name="pakn_answer_version"),
        ]

    def __str__(self) -> str:
        return f"#{self.answer_id}/{self.version}"


class OutgoingLetter(models.Model):
    """What one act writes to the sender, or to another agency: its words, as they were at the act, with
    number, date and signatory once somebody gave them. Who the sender is stands with the submission alone.
    """

    case = models.ForeignKey("pakn_portal.Case", on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=20, choices=LetterKind)
    #: Of a joined sender, the case whose register has the act: its lines count by themselves.
    lead = models.ForeignKey(
        "pakn_portal.Case", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    #: Sequence of the line of the register that tells of the act; 0 for the draft of an answer, and for what
    #: was numbered before letters were kept.
    act = models.PositiveIntegerField(default=0)
    #: As `letters.letter.words_of` has them; empty where act is 0, until the letter is made.
    words = models.JSONField(default=dict, blank=True)
    #: The day of the act.
    made_on = models.DateField(null=True, blank=True)
    #: As the clerk gave it, such as 05/BNV-VP; empty where it is filled in by hand.
    reference_number = models.CharField(max_length=60, blank=True)
    dated_on = models.DateField(null=True, blank=True)
    #: A line for each power and title, such as “KT. BỘ TRƯỞNG” and “THỨ TRƯỞNG”.
    signature_title = models.TextField(blank=True)
    signatory = models.CharField(max_length=150, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["case", "kind", "act"]
        verbose_name = _("outgoing letter")
        verbose_name_plural = _("outgoing letters")
        constraints = [
            # two, for a database takes two letters of no lead for different ones
            models.UniqueConstraint(
                fields=["case", "kind", "act"], condition=models.Q(lead=None), name="pakn_letter_own_act"
            ),
            models.UniqueConstraint(
                fields=["case", "kind", "lead", "act"],
                condition=models.Q(lead__isnull=False),
                name="pakn_letter_lead_act",
            ),
        ]
        indexes = [
            # for the title with which somebody signed last
            models.Index(
                fields=["signatory"], name="pakn_letter_signatory", condition=~models.Q(signature_title="")
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.case_id}/{self.kind}/{self.act}"

    @property
    def is_numbered(self) -> bool:
        """Somebody gave it number, date or signatory; the register has a line of it."""
        return bool(self.reference_number or self.dated_on or self.signature_title or self.signatory)

    @property
    def lead_told(self) -> str:
        """How lines call the lead; empty for an act of the case itself, and where the letter was kept before
        lines told it.
        """
        told: str = self.words.get("lead", "")
        return told


class PublicText(models.Model):
    """The edited question and answer that may become public once each find of personal data is masked or
    confirmed.
    """

    case = models.OneToOneField("pakn_portal.Case", on_delete=models.PROTECT, related_name="public_text")
    title = models.CharField(_("title"), max_length=200)
    question = models.TextField(_("question"))
    answer = models.TextField(_("answer"))
    #: Fingerprints of finds that a person confirmed as not personal.
    confirmed = models.JSONField(default=list)
    state = models.CharField(max_length=20, choices=PublicTextState, default=PublicTextState.DRAFT)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    #: SHA-256 over title, question and answer as they stand here.
    content_hash = models.CharField(max_length=64, blank=True)
    #: The same over the text a publisher released; the live page must match it (I4).
    released_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("public text")
        verbose_name_plural = _("public texts")
        # the few that wait for a publisher, among the many that are out
        indexes = [models.Index(fields=["state"], name="pakn_text_state")]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_with_publisher(self) -> bool:
        """It was sent to a publisher, who has neither released nor returned it. Of many cases:
        `figures.waiting_for_publisher`.
        """
        return self.state == PublicTextState.REQUESTED

    @property
    def is_to_correct(self) -> bool:
        """Other words than those that were released were prepared. Of many cases:
        `figures.waiting_for_correction`.
        """
        is_other = self.content_hash != self.released_hash and bool(self.released_hash)
        return self.state == PublicTextState.DRAFT and is_other


class PublicFile(StoredFile):
    """A copy for everybody of a file of the answer, while that is on the site. It has an address of its own,
    which asks each time whether the answer is there.
    """

    case_path = "text__case"

    text = models.ForeignKey(PublicText, on_delete=models.PROTECT, related_name="files")
    #: Key of the file it was made of.
    source = models.CharField(max_length=43, editable=False)
    #: Its text, for the archive.
    words = models.TextField(blank=True, editable=False)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        verbose_name = _("public file")
        verbose_name_plural = _("public files")

    def __str__(self) -> str:
        return f"#{self.pk}"


def answer_of(case: Any) -> Answer | None:
    """Read once for each instance of the case."""
    return getattr(case, "answer", None)


def public_text_of(case: Any) -> PublicText | None:
    """Read once for each instance of the case."""
    return getattr(case, "public_text", None)
