"""The ministry's own words of a mail, in the place of the product's."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.models import PreviewableMixin, RevisionMixin

from pakn_portal.notifications.rule_sets import editable_mails, name_of_mail
from pakn_portal.snippets.tidy import TidyTexts
from pakn_portal.snippets.variables import sentence_of
from pakn_portal.text.variables import check_variables, name_key, variable_names

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
        names = [one.name for one in variables]
        errors: dict[str, list[str]] = {}
        for field in ("subject", "body"):
            text = getattr(self, field)
            found = [sentence_of(text, fault) for fault in check_variables(text, names)]
            errors |= {field: found} if found else {}
        used = variable_names(self.body)
        for one in variables:
            if one.is_needed and name_key(one.name) not in used:
                errors.setdefault("body", []).append(
                    _("The sender has to read “{{ %(name)s }}” in this mail.") % {"name": one.name}
                )
        if errors:
            raise ValidationError(errors)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "pakn_portal/staff/mail_preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        return {**super().get_preview_context(request, mode_name), "template": self}
