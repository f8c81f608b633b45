"""What the desk keeps for whoever sits at it. Nothing here grants a right: what a view finds is limited anew
for each who opens it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pakn_portal.conf import unit_model_name

__all__ = ["SavedView"]


class SavedView(models.Model):
    """Filters, order and columns of the list of cases under a name; the first of a person opens by itself."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=pgettext_lazy("of a saved view", "owner"),
    )
    name = models.CharField(_("name"), max_length=60)
    #: A query of the list, as its address has it.
    query = models.CharField(max_length=1500, blank=True)
    #: Whose people may open it too; None: its owner alone.
    unit = models.ForeignKey(
        unit_model_name(),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("shared with"),
    )
    #: What its owner sees when they open the list; one at most.
    opens_first = models.BooleanField(_("opens first"), default=False)

    class Meta:
        default_permissions = ()
        ordering = ["name", "pk"]
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [
            models.UniqueConstraint("owner", Lower("name"), name="pakn_one_view_of_any_case"),
            models.UniqueConstraint(
                fields=["owner"], condition=models.Q(opens_first=True), name="pakn_one_first_view"
            ),
        ]

    def __str__(self) -> str:
        return self.name
