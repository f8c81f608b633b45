"""The public projection that is searched: an allow-list, nothing personal."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from pakn_portal.conf import unit_model_name
from pakn_portal.search.sources import kinds
from pakn_portal.snippets.enums import SenderKind

__all__ = ["AnsweredInstead", "ArchiveEntry", "ArchiveText", "IndexedName", "ReplacedCitation"]


class ArchiveEntry(models.Model):
    """One public thing. `version` grows with each change; the row is behind while `indexed_version` differs.

    A thing that left the site stays as a tombstone (`is_public` false) until the index has dropped it. Its
    address is not copied here: it is read from the page, which may be moved.
    """

    #: `source:primary key` of the thing; see `sources`.
    key = models.CharField(max_length=160, unique=True)
    #: What the public calls it: the identifier in the source of an imported one, else that of the page.
    public_id = models.CharField(max_length=120, blank=True, db_index=True)
    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    legal_text = models.OneToOneField(
        "pakn_portal.LegalText", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_public = models.BooleanField(default=True)
    version = models.PositiveBigIntegerField(default=1)
    indexed_version = models.PositiveBigIntegerField(default=0)

    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=500)
    question = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    #: Where it belongs: name and number of the law, sector, unit. Searched, not shown.
    context = models.TextField(blank=True)
    attachments_text = models.TextField(blank=True)
    sector = models.ForeignKey(
        "pakn_portal.Sector", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    unit = models.ForeignKey(
        unit_model_name(), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sender_kind = models.CharField(max_length=20, choices=SenderKind, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    document_numbers = models.JSONField(default=list)
    is_superseded = models.BooleanField(_("legal basis replaced"), default=False)

    #: What a list of hits read along, where no column names the thing.
    thing: Any

    class Meta:
        default_permissions = ()
        verbose_name = _("archive entry")
        verbose_name_plural = _("archive entries")
        indexes = [
            models.Index(
                fields=["id"],
                name="pakn_entry_behind",
                condition=~models.Q(indexed_version=models.F("version")),
            ),
            # the list without words, either way; an index with a sign would serve one order of one database
            models.Index(
                fields=["published_on", "id"], name="pakn_entry_by_date", condition=models.Q(is_public=True)
            ),
            # what its facets count, out of the index alone
            models.Index(
                fields=["kind", "sector", "unit", "sender_kind", "year", "is_public"],
                name="pakn_entry_counts",
                condition=models.Q(is_public=True),
            ),
            # the few that somebody is to look at again
            models.Index(
                fields=["unit", "published_on"],
                name="pakn_entry_superseded",
                condition=models.Q(is_public=True, is_superseded=True),
            ),
        ]

    def __str__(self) -> str:
        return self.key

    def get_kind_display(self) -> str:
        """The words of its source for it, as a field with choices has them."""
        return str(dict(kinds()).get(self.kind, self.kind))


class ArchiveText(models.Model):
    """The entry's text as engines compare it, written with it; see `analysis.py`. Absent for a tombstone.

    `title` and `body` are what the database's full-text index reads: folded syllables, then their pairs. On
    SQLite triggers carry each change into an FTS5 table, on PostgreSQL a generated `tsvector` column does.
    """

    entry = models.OneToOneField(
        ArchiveEntry, on_delete=models.CASCADE, primary_key=True, related_name="text", db_column="entry_id"
    )
    title = models.TextField(blank=True)
    body = models.TextField(blank=True)
    #: Exact syllables of title and body in one line each, for ranking what was typed with diacritics.
    exact = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("searchable text")
        verbose_name_plural = _("searchable texts")

    def __str__(self) -> str:
        return str(self.pk)


class ReplacedCitation(models.Model):
    """A public answer rests on a document that was replaced: one row for each such document, written with the
    entry, so that they are counted without reading an answer. None for a tombstone.
    """

    entry = models.ForeignKey(ArchiveEntry, on_delete=models.CASCADE, related_name="replaced_citations")
    #: In its one spelling, as `LegalBasis.number`.
    number = models.CharField(max_length=60)

    class Meta:
        default_permissions = ()
        verbose_name = _("citation of a replaced document")
        verbose_name_plural = _("citations of replaced documents")
        constraints = [models.UniqueConstraint(fields=["number", "entry"], name="pakn_one_replaced_citation")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.number}"


class IndexedName(models.Model):
    """The name of a unit or sector when its entries were last written; behind while its name differs.

    Of legal bases: the number of one that was replaced then, without a name.
    """

    class List(models.TextChoices):
        UNIT = "unit"
        SECTOR = "sector"
        REPLACED = "replaced"

    of = models.CharField(max_length=10, choices=List)
    object_id = models.CharField(max_length=60)
    name = models.TextField()

    class Meta:
        default_permissions = ()
        verbose_name = _("name in the index")
        verbose_name_plural = _("names in the index")
        constraints = [models.UniqueConstraint(fields=["of", "object_id"], name="pakn_one_indexed_name")]

    def __str__(self) -> str:
        return self.name


class AnsweredInstead(models.Model):
    """How often on a day somebody found the answer while they wrote; nothing of who, or which."""

    counted_on = models.DateField(primary_key=True)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        verbose_name = _("questions answered beforehand")
        verbose_name_plural = _("questions answered beforehand")

    def __str__(self) -> str:
        return f"{self.counted_on}: {self.number}"
