from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """What was sent (Decree 20/2008/NĐ-CP art. 3 for the first two)."""

    FEEDBACK = "feedback", _("feedback")
    PETITION = "petition", _("petition")
    QUESTION = "question", _("policy question")


class SenderKind(TextChoices):
    CITIZEN = "citizen", _("citizen")
    BUSINESS = "business", _("business")
    VOTER = "voter", _("voter")
    DEPUTY = "deputy", _("National Assembly deputy")


class OtherProcedure(TextChoices):
    """By which law it goes once it is no petition any more; the values are those of the case's status."""

    COMPLAINT = "complaint", pgettext_lazy("procedure", "complaint")
    DENUNCIATION = "denunciation", pgettext_lazy("procedure", "denunciation")


class Urgency(TextChoices):
    """Degrees of urgency of official papers (Decree 30/2020/NĐ-CP)."""

    NORMAL = "normal", _("normal")
    URGENT = "urgent", _("urgent")
    VERY_URGENT = "very_urgent", _("very urgent")
    EXPRESS = "express", _("express")


class TermUnit(TextChoices):
    WORKING_DAYS = "wd", _("working days")
    CALENDAR_DAYS = "cd", _("calendar days")


class HolidayKind(TextChoices):
    DAY_OFF = "day_off", _("day off")
    WORKING_DAY = "working_day", _("extra working day")


class HolidayStatus(TextChoices):
    IN_FORCE = "in_force", _("in force")
    #: By law, but its very days are decided each year: counted like one in force, and shown as such.
    EXPECTED = "expected", pgettext_lazy("day off", "expected")
    PROPOSED = "proposed", _("proposed")


class LetterKind(TextChoices):
    """What a letter to a sender, or to another agency, is for."""

    ANSWER = "answer", _("answer")
    REFUSAL = "refusal", _("notice of refusal")
    SUPPLEMENT = "supplement", _("request for a supplement")
    FORWARDING = "forwarding", _("forwarding slip")
    EXTENSION = "extension", _("notice of an extension")
    CORRECTION = "correction", _("amendment of an answer")
    GUIDANCE = "guidance", _("letter of guidance")
    KEPT = "kept", _("notice that it is kept for study")
    COMPLAINT = "complaint", _("notice about a complaint")
    #: Its label stands on screens of the keepers alone; the letter itself does not name what was sent.
    DENUNCIATION = "denunciation", _("notice about a denunciation")


class Step(TextChoices):
    """Which part of the work a deadline rule limits."""

    INTAKE = "intake", _("intake")
    FORWARD = "forward", _("forwarding to a unit")
    SEND_BACK = "send_back", _("sending back what is not the unit's")
    DRAFT = "draft", _("draft answer of the unit")
    REFUSAL_NOTICE = "refusal_notice", _("written notice of a refusal")
    ANSWER_NOTICE = "answer_notice", _("telling the answer to a sender without e-mail")
    REFER = "refer", _("referral to another agency")
    REPLY = "reply", _("reply to the sender")
    EXTENSION = "extension", _("extension")
    PROGRESS_NOTICE = "progress_notice", _("progress notice after the due date")
    SUPPLEMENT = "supplement", _("waiting for the sender's supplement")
    PUBLISH = "publish", _("publication of an approved answer")
    CORRECT = "correct", _("correction of a published answer")
    HAND_OVER = "hand_over", _("handing over a complaint or a denunciation")
