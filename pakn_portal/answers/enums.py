from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AnswerState(TextChoices):
    DRAFT = "draft", pgettext_lazy("of an answer", "draft")
    SUBMITTED = "submitted", _("awaiting approval")
    REJECTED = "rejected", _("not approved")
    APPROVED = "approved", _("approved")


class PublicTextState(TextChoices):
    DRAFT = "draft", pgettext_lazy("of an answer", "draft")
    REQUESTED = "requested", _("with the publisher")
    PUBLISHED = "published", _("published")
    UNPUBLISHED = "unpublished", _("unpublished")
