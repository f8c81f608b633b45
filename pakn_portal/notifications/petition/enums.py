from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NoticeKind(TextChoices):
    """What a sweep tells once for each due date."""

    DUE_SOON = "due_soon", _("due soon")
    DUE_TODAY = "due_today", _("due today")
    OVERDUE = "overdue", _("overdue")
    INTAKE_OVERDUE = "intake_overdue", _("intake overdue")
    REFERRAL_OVERDUE = "referral_overdue", _("to be referred by now, if it is another agency's")
    PUBLIC_TEXT_OVERDUE = (
        "public_text_overdue",
        _("public text to be with the publisher by now, if the answer is for everybody"),
    )
    PUBLICATION_OVERDUE = "publication_overdue", _("publication overdue")
    ANSWER_UNTOLD = "answer_untold", _("answer to be told by letter by now")
    SLIP_OVERDUE = "slip_overdue", _("forwarding slip to be numbered and sent by now")
    CORRECTION_OVERDUE = "correction_overdue", _("correction overdue")
    #: To whoever keeps sealed cases. Mail is not secret, so they tell no more than that.
    HAND_OVER_SOON = "hand_over_soon", _("to be handed over soon")
    HAND_OVER_TODAY = "hand_over_today", _("to be handed over today")
    HAND_OVER_OVERDUE = "hand_over_overdue", _("to be handed over by now")
    #: To the sender, every so many days while the answer is late; its date is the day that came round.
    PROGRESS = "progress", _("progress notice")
