from __future__ import annotations

from django.db import models

from pakn_portal.snippets.models import AbstractUnit


class Department(AbstractUnit):
    """What the portal already knew as its departments."""

    telephone = models.CharField(max_length=20, blank=True)
