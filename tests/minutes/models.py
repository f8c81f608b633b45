from __future__ import annotations

from django.db import models


class Minutes(models.Model):
    """What an app outside has to put into the archive; its key is no number."""

    code = models.CharField(max_length=20, primary_key=True)
    title = models.CharField(max_length=200)
    text = models.TextField()
    held_on = models.DateField(null=True)
    is_released = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.title
