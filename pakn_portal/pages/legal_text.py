"""Articles of law in the archive: a table, not a page tree of thousands."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LegalText(models.Model):
    """One article of a law or decree, imported; its page is a route of the archive page."""

    source_id = models.CharField(_("identifier in the source"), max_length=120, unique=True)
    slug = models.SlugField(pgettext_lazy("of a legal text", "slug"), max_length=140, unique=True)
    title = models.CharField(_("heading"), max_length=500)
    body = models.TextField(_("text"))
    law_number = models.CharField(_("document number"), max_length=60, blank=True)
    law_name = models.CharField(_("document name"), max_length=500, blank=True)
    article_number = models.CharField(_("article"), max_length=20, blank=True)
    issuer = models.CharField(_("issuer"), max_length=200, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    sector = models.ForeignKey(
        "pakn_portal.Sector", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    topic = models.CharField(_("topic"), max_length=200, blank=True)
    content_hash = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("legal text")
        verbose_name_plural = _("legal texts")
        # the articles of one document, and its name where it is cited
        indexes = [models.Index(fields=["law_number"], name="pakn_legal_text_number")]

    def __str__(self) -> str:
        return self.title
