from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sort(TextChoices):
    RELEVANCE = "relevance", _("best match")
    NEWEST = "newest", _("newest first")
    OLDEST = "oldest", _("oldest first")
