from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AnswerState(TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("awaiting approval")
    REJECTED = "rejected", _("not approved")
    APPROVED = "approved", _("approved")


class PublicTextState(TextChoices):
    DRAFT = "draft", _("draft")
    REQUESTED = "requested", _("with the publisher")
    PUBLISHED = "published", _("published")
    UNPUBLISHED = "unpublished", _("unpublished")
