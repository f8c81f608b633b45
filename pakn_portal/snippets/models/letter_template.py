from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import RevisionMixin

from pakn_portal.snippets.enums import LetterKind
from pakn_portal.snippets.letter_variables import names_of
from pakn_portal.snippets.models.help import ACTIVE_HELP, CODE_HELP
from pakn_portal.snippets.tidy import TidyTexts
from pakn_portal.snippets.variables import check_template


class LetterTemplate(RevisionMixin, TidyTexts):
    """Words to begin a letter with. Each change is a version that can be read and compared again."""

    code = models.SlugField(_("code"), max_length=60, unique=True, help_text=CODE_HELP)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(pgettext_lazy("of a letter", "kind"), max_length=20, choices=LetterKind)
    sector = models.ForeignKey(
        "pakn_portal.Sector",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sector"),
        help_text=_("Stands first in the cases of this sector. Empty: for all."),
    )
    body = models.TextField(_("text"), help_text=_("Without a salutation and without names of senders."))
    is_active = models.BooleanField(
        pgettext_lazy("entry of a list", "active"), default=True, help_text=ACTIVE_HELP
    )
    sort_order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Smaller numbers stand first.")
    )

    #: What of it stands in a letter, and where its rows ship, see `confirmation/versions.py`.
    words_of_version = ("code", "kind", "body", "is_active")
    shipped_in = "letter_templates"

    class Meta:
        ordering = ["kind", "sort_order", "name"]
        verbose_name = _("letter template")
        verbose_name_plural = _("letter templates")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        check_template(self.body, names_of(self.kind), field="body")
