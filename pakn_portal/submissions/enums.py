from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    WEB = "web", _("web form")
    PHONE = "phone", _("telephone")
    POST = "post", _("post")
    EMAIL = "email", _("e-mail")
    IN_PERSON = "in_person", _("in person")
    GOVERNMENT_PORTAL = "government_portal", _("Government portal")
    ASSEMBLY = "assembly", _("National Assembly")
    QUESTIONNAIRE = "questionnaire", _("questionnaire")


#: How the law takes a complaint or a denunciation (Law 25/2018/QH14, art. 22; Law 02/2011/QH13, art. 8).
LAWFUL_FORMS = frozenset({Channel.POST, Channel.IN_PERSON})


class FileState(TextChoices):
    """The stages of a file; only `available` leaves the private storage."""

    RECEIVED = "received", _("received")
    AVAILABLE = "available", _("available")
    UNREADABLE = "unreadable", _("unreadable")


class FileWarning(TextChoices):
    """What the checks found in a file that is kept all the same; shown to whoever may open it."""

    ENCRYPTED = "encrypted", _("protected by a password")
    ACTIVE = "active", _("holds scripts or actions; they are not run here")
    EMBEDDED = "embedded", _("holds other files inside")
    EXTERNAL = "external", _("refers to files elsewhere")
    UNREAD = "unread", _("could not be looked into as a whole; open it with care")
