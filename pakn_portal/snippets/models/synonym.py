from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pakn_portal.snippets import validation
from pakn_portal.snippets.models.help import ACTIVE_HELP
from pakn_portal.snippets.tidy import TidyTexts


class Synonym(TidyTexts):
    """An abbreviation or everyday word and what it stands for; widens a query at once, no re-indexing."""

    term = models.CharField(pgettext_lazy("of a synonym", "term"), max_length=100, unique=True)
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
