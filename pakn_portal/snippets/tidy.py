"""What staff write into a reference list is put into the same form as what senders write.

A vertical tab pasted from a word processor would otherwise stop every report that names the row.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from pakn_portal.text import normalize


class TidyTexts(models.Model):
    """Every text in normal form, whichever door it came by; line breaks in text fields only."""

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Any = None) -> None:
        self._tidy()
        super().clean_fields(exclude=exclude)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._tidy()
        super().save(*args, **kwargs)

    def _tidy(self) -> None:
        for field in self._meta.concrete_fields:
            value = self.__dict__.get(field.attname)
            if isinstance(value, str) and isinstance(field, models.CharField | models.TextField):
                text = normalize(value)
                is_line = isinstance(field, models.CharField)
                setattr(self, field.attname, " ".join(text.split()) if is_line else text)
