"""An append-only register for any kind of subject, and what stands beside it."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from pakn_portal import clock
from pakn_portal.conf import unit_model_name

__all__ = ["RegisterCheck", "RegisterHead", "TextSalts"]

#: Lines sealed before there were formats: SHA-256 without a key, over the words themselves.
FIRST_FORMAT = 1
#: Keyed, over typed facts, the subject's state without its empty columns, and salted digests of its texts.
SECOND_FORMAT = 2
#: As the second, with the empty columns, so that the line tells which columns it seals. See `chain.py`.
PRESENT_FORMAT = 3


class LineQuerySet(models.QuerySet[Any]):
    def with_salts(self) -> LineQuerySet:
        """With `salts`, those of the line's texts that are still kept; None when there are none."""
        kept = TextSalts.objects.filter(pk=OuterRef("hash")).values("salts")
        lines: LineQuerySet = self.annotate(salts=Subquery(kept))
        return lines

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("Lines of the register are never changed.")

    def delete(self) -> NoReturn:
        raise TypeError("Lines of the register are never deleted.")


class AbstractEvent(models.Model):
    """One line of a subject's register: append-only, each sealed over the line before (I5).

    A concrete class adds the foreign key to its subject, named in `subject_field` and with the related name
    `events`, the choices of verbs and statuses, and a unique constraint over subject and `sequence`. What
    the subject is called in the seal is its `number`, which never changes.
    `note` is staff text with personal data already masked; `data` holds codes, keys and dates, never
    personal data (see the payloads of each procedure).
    """

    sequence = models.PositiveIntegerField()
    verb = models.CharField(max_length=30)
    from_status = models.CharField(max_length=20, blank=True)
    to_status = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    #: The unit in whose name it was done, or to which it went.
    unit = models.ForeignKey(
        unit_model_name(), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    #: The subject's columns as this line left them, by name: what the register can be held against.
    state = models.JSONField(default=dict)
    #: Name of a text → its salted digest; the salts stand in `TextSalts`, the texts where they belong.
    texts = models.JSONField(default=dict)
    format = models.PositiveSmallIntegerField(default=FIRST_FORMAT)
    #: Which of the site's keys sealed it, see `keys.py`.
    key_id = models.CharField(max_length=8, blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = LineQuerySet.as_manager()

    #: The name of the foreign key to the subject.
    subject_field = "subject"

    class Meta:
        abstract = True
        default_permissions = ()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("A line of the register is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("A line of the register is never deleted.")


class TextSalts(models.Model):
    """The salts of one line's texts, by the texts' names.

    They stand beside the line and not in it: with its salt gone, the digest of an erased text tells nothing,
    and the seal of the line, which covers the digest, stays valid.
    """

    line_hash = models.CharField(max_length=64, primary_key=True)
    salts = models.JSONField(default=dict)

    class Meta:
        default_permissions = ()
        verbose_name = _("salts of a register line")
        verbose_name_plural = _("salts of register lines")

    def __str__(self) -> str:
        return f"{self.line_hash[:8]}…"


class RegisterHead(models.Model):
    """That the ends of all chains were written down outside of the database, see `heads.py`."""

    taken_at = models.DateTimeField(default=clock.now)
    #: Lines in all registers then, and chains whose end is in the list.
    lines = models.PositiveBigIntegerField()
    chains = models.PositiveIntegerField()
    #: Of the list, which names the digest of the list before it.
    digest = models.CharField(max_length=64)
    #: Whether it was written into the folder that the site names; by mail it went whenever that is set.
    is_in_folder = models.BooleanField(default=False)
    #: The seal of the newest check of the registers then; empty where there was none with a number.
    check_seal = models.CharField(max_length=64, blank=True)
    #: Keyed digest over the columns above; empty in rows from before there was one.
    seal = models.CharField(max_length=64, blank=True)
    #: Which of the site's keys sealed it, see `keys.py`.
    key_id = models.CharField(max_length=8, blank=True)

    class Meta:
        ordering = ["taken_at", "pk"]
        default_permissions = ()
        verbose_name = _("head of the register")
        verbose_name_plural = _("heads of the register")

    def __str__(self) -> str:
        return f"{self.taken_at:%Y-%m-%d} {self.digest[:8]}…"


class RegisterCheck(models.Model):
    """That `pakn_verify` read all registers, and what it found, see `checks.py`. Counts alone: what was found
    is named where the command ran.
    """

    #: From one, without gaps; None in rows from before there were numbers.
    number = models.PositiveBigIntegerField(null=True, unique=True)
    #: The seal of the check before, of a row with a number; empty where there was none.
    previous = models.CharField(max_length=64, blank=True)
    checked_at = models.DateTimeField(default=clock.now)
    #: Lines in all registers then.
    lines = models.PositiveBigIntegerField()
    #: Code of each invariant that was checked → how many offences it had.
    offences = models.JSONField(default=dict)
    #: Keyed digest over the columns above.
    seal = models.CharField(max_length=64)

    class Meta:
        ordering = ["checked_at", "pk"]
        default_permissions = ()
        verbose_name = _("check of the register")
        verbose_name_plural = _("checks of the register")

    def __str__(self) -> str:
        return f"{self.checked_at:%Y-%m-%d %H:%M}"
