"""What is kept of texts so that near-duplicates are found: keyed hashes, nothing of their words."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["SimilarBand"]


class SimilarBand(models.Model):
    """One band of one text, see `minhash.py`; written in the transaction that stores the text."""

    #: Which source it is of, see `sources.py`, and its primary key there.
    kind = models.CharField(max_length=20)
    subject = models.BigIntegerField()
    value = models.BigIntegerField()
    #: Names the key that made it; under another one it finds nothing, and the worker makes it anew.
    key_id = models.CharField(max_length=8)

    class Meta:
        default_permissions = ()
        verbose_name = _("band of a similar text")
        verbose_name_plural = _("bands of similar texts")
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject", "value"], name="pakn_similar_once"),
        ]
        indexes = [
            models.Index(fields=["value", "kind", "subject"], name="pakn_similar_value"),
            models.Index(fields=["key_id"], name="pakn_similar_key"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
