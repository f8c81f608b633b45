"""What is common to the lists that the Legal Department confirms."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from pakn_portal.snippets.tidy import TidyTexts

#: The columns of the confirmation itself.
_CONFIRMATION: Final = ("is_verified", "verified_as", "verified_by_id", "verified_at")


class Confirmable(TidyTexts):
    """A row that the Legal Department confirms as it stands. A change of what it confirmed takes that back,
    whichever door it came by; see `confirming.py`.
    """

    is_verified = models.BooleanField(_("verified by the Legal Department"), default=False, editable=False)
    #: The fingerprint that was confirmed: a row changed past `save` is not the one that somebody saw.
    verified_as = models.CharField(max_length=64, blank=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("verified by"),
    )
    verified_at = models.DateTimeField(_("verified at"), null=True, blank=True, editable=False)

    #: What is confirmed, by the name of its column.
    CONFIRMED: ClassVar[tuple[str, ...]] = ()
    #: As `CONFIRMED`, of columns added later: an empty one leaves the fingerprints of before as they were.
    CONFIRMED_WHERE_SET: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    @property
    def fingerprint(self) -> str:
        """64 hexadecimal digits over the columns of `CONFIRMED` and those of `CONFIRMED_WHERE_SET`."""
        values = [getattr(self, name) for name in self.CONFIRMED]
        told = ["" if value is None else str(value) for value in values]
        told += [f"{name}={value}" for name in self.CONFIRMED_WHERE_SET if (value := getattr(self, name))]
        return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()

    @property
    def is_confirmed(self) -> bool:
        return self.is_verified and self.verified_as == self.fingerprint

    @property
    def obstacle(self) -> str:
        """Why it cannot be confirmed as it stands, a sentence; "" where nothing is in the way."""
        return ""

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Nothing here confirms: the confirmation is the one that stands in the database now, whatever this
        object was read with; a colleague may have confirmed the row, or taken that back, while it was open.
        """
        self._tidy()
        with transaction.atomic():
            self._read_confirmation()
            if self.is_verified and not self.is_confirmed:
                self.is_verified = False
                if (names := kwargs.get("update_fields")) is not None:
                    kwargs["update_fields"] = {*names, "is_verified"}
            super().save(*args, **kwargs)

    def _read_confirmation(self) -> None:
        rows = type(self)._base_manager.select_for_update().filter(pk=self.pk)
        now = None if self._state.adding else rows.values(*_CONFIRMATION).first()
        for name, value in (now or {}).items():
            setattr(self, name, value)
