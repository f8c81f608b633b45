"""The ministry's own words of a mail, in the place of the product's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.models import PreviewableMixin, RevisionMixin

from pakn_portal.notifications.rule_sets import MailVariable, editable_mails, name_of_mail
from pakn_portal.snippets.tidy import TidyTexts
from pakn_portal.snippets.variables import sentence_of
from pakn_portal.text.variables import check_variables, is_always_shown, name_key, variable_names

__all__ = ["MailTemplate"]


class MailTemplate(PreviewableMixin, RevisionMixin, TidyTexts):
    """Subject and words of one mail; salutation, case, link, telephone and signature stand around them as
    ever. Without an active row the mail has the product's words. Each change is a version.
    """

    mail = models.CharField(
        pgettext_lazy("outgoing message", "mail"),
        max_length=40,
        unique=True,
        help_text=gettext_lazy("Each mail has one text. Delete it to have the words of the software again."),
    )
    subject = models.CharField(
        pgettext_lazy("of a mail", "subject"),
        max_length=150,
        help_text=gettext_lazy("One line, without names and without the sender's words."),
    )
    body = models.TextField(
        gettext_lazy("text"),
        help_text=gettext_lazy(
            "Without a salutation: it is added, and so are the case number, the link, the telephone and the "
            "name of the ministry."
        ),
    )
    is_active = models.BooleanField(
        pgettext_lazy("entry of a list", "active"),
        default=True,
        help_text=gettext_lazy("Otherwise the words of the software are sent."),
    )

    #: What of it is said to whoever gets the mail, see `snippets/confirmation/versions.py`; no row ships.
    words_of_version = ("mail", "subject", "body", "is_active")
    shipped_in = ""

    #: The number of the case that a look beforehand shows; a made-up one without. Not kept.
    shown_case = ""

    class Meta:
        ordering = ["mail"]
        verbose_name = gettext_lazy("mail template")
        verbose_name_plural = gettext_lazy("mail templates")

    def __str__(self) -> str:
        return name_of_mail(self.mail)

    def clean(self) -> None:
        super().clean()
        variables = editable_mails().get(self.mail)
        if variables is None:
            raise ValidationError({"mail": _("There is no such mail.")})
        errors = {
            field: found
            for field in ("subject", "body")
            if (found := _faults(getattr(self, field), variables))
        }
        if "subject" not in errors:
            errors |= _not_in_subject(self.subject, variables)
        if "body" not in errors:
            errors |= _left_out(self.body, variables)
        if errors:
            raise ValidationError(errors)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "pakn_portal/staff/mail_preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        return {**super().get_preview_context(request, mode_name), "template": self}


def _faults(text: str, variables: Iterable[MailVariable]) -> list[str]:
    return [sentence_of(text, fault) for fault in check_variables(text, [one.name for one in variables])]


def _not_in_subject(subject: str, variables: Iterable[MailVariable]) -> dict[str, list[str]]:
    used = variable_names(subject)
    found = [
        _("“{{ %(name)s }}” is long or somebody's own words, so it belongs into the text.")
        % {"name": one.name}
        for one in variables
        if name_key(one.name) in used and not one.fits_subject
    ]
    return {"subject": found} if found else {}


def _left_out(body: str, variables: Iterable[MailVariable]) -> dict[str, list[str]]:
    """What has to be read, also where no condition on something else holds."""
    found = [
        _("This mail has to say “{{ %(name)s }}”, whatever else it says.") % {"name": one.name}
        for one in variables
        if one.is_needed and not is_always_shown(body, one.name)
    ]
    return {"body": found} if found else {}
