"""When each mail is sent, for whoever writes its words. Of another procedure a mail is called by its name."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from pakn_portal.notifications.rule_sets import name_of_mail

_OCCASIONS: Final[MappingProxyType[str, Any]] = MappingProxyType(
    {
        "receipt": _("When something was sent: the receipt"),
        "received": _("When the case is taken in"),
        "refused": _("When the case is not taken in"),
        "supplement_requested": _("When the sender is asked for more"),
        "deadline_extended": _("When the deadline is extended"),
        "referred": _("When the case goes to another agency"),
        "guided": _("When the matter is not the ministry's, and the sender is told where to turn"),
        "duplicate": _("When the case repeats another"),
        "duplicate_published": _("When the answer to the case that it repeats is made public"),
        "answered_together": _("When the case that it repeats is answered"),
        "reopened_together": _("When the case that it repeats is opened again"),
        "complaint": _("When it is handled as a complaint"),
        "denunciation": _("When it is handled as a denunciation"),
        "guided_again": _("When the sender of a complaint or denunciation is guided again"),
        "handed_over": _("When a complaint or denunciation is handed over"),
        "kept": _("When the case is filed and gathered with others"),
        "answered": _("When the case is answered"),
        "published": _("When the answer is made public"),
        "corrected": _("When the public answer is corrected"),
        "reopened": _("When the case is opened again"),
        "withdrawn": _("When the sender withdraws the case"),
        "progress": _("When the sender is told how it goes on"),
        "case_forwarded": _("When a case comes to the unit"),
        "case_reminded": _("When the unit is reminded of a case"),
        "urgency_changed": _("When the urgency of a case changes"),
        "case_assigned": _("When an officer is given a case"),
        "case_recalled": _("When a case is taken back from the unit"),
        "case_sent_back": _("When the unit sends a case back"),
        "opinion_requested": _("When the unit is asked for its opinion"),
        "opinion_not_awaited": _("When the opinion is awaited no longer"),
        "answer_submitted": _("When an answer is handed in for approval"),
        "answer_rejected": _("When an answer is not approved"),
        "public_text_returned": _("When the public text is to be changed"),
        "case_supplemented": _("When the sender has supplied more"),
        "case_reopened": _("When a case of one's own is opened again"),
        "case_unlocked": _("When a locked case is free again"),
        "opinion_given": _("When the other unit has given its opinion"),
        "publication_requested": _("When a public text waits for the publisher"),
        "case_withdrawn": _("When a case of one's own is withdrawn"),
        "answer_doubted": _("When an answer is not the one that was approved"),
        "deadline_digest": _("Every day: what is due"),
        "duplicates_waiting": _("When repeated cases wait for an answer"),
        "answers_hidden": _("When answers on the site are hidden"),
    }
)


def occasion_of(mail: str) -> str:
    return str(_OCCASIONS.get(mail) or name_of_mail(mail))
