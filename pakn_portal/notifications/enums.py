from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MailState(TextChoices):
    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    FAILED = "failed", _("given up")
    #: To a sender without an address: it never leaves by e-mail, somebody tells them (`by_hand/`).
    BY_HAND = "by_hand", pgettext_lazy("mail state", "to be told by hand")
    WITHHELD = "withheld", pgettext_lazy("mail state", "withheld")
