from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pakn_portal.snippets.tidy import TidyTexts

#: So many pieces of one's own are still found at a glance.
MOST = 100


class TextPiece(TidyTexts):
    """Words that one person writes again and again. Nobody else sees them."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=100)
    body = models.TextField(_("text"), max_length=5000)

    class Meta:
        default_permissions = ()
        ordering = ["name", "pk"]
        verbose_name = _("text piece")
        verbose_name_plural = _("text pieces")
        indexes = [models.Index(fields=["owner", "name"], name="pakn_piece_owner")]

    def __str__(self) -> str:
        return self.name
