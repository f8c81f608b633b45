"""The ministry's own words of its mails, as a list in the admin with a look beforehand and versions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from pakn_portal.notifications.edited.models import MailTemplate
from pakn_portal.notifications.rule_sets import editable_mails, name_of_mail
from pakn_portal.snippets.viewsets.base import column


class MailTemplateForm(WagtailAdminModelForm):
    """Which mail it is of is chosen once."""

    mail = forms.ChoiceField(label=pgettext_lazy("outgoing message", "Mail"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["mail"]
        field.help_text = MailTemplate._meta.get_field("mail").help_text
        choices = [(mail, f"{name_of_mail(mail)} ({mail})") for mail in editable_mails()]
        field.choices = [("", "—"), *choices]
        field.disabled = self.instance.pk is not None


class MailTemplateViewSet(SnippetViewSet):
    model = MailTemplate
    icon = "mail"
    menu_label = _("Mail templates")
    menu_order = 215
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = [
        column("__str__", pgettext_lazy("outgoing message", "mail")),
        column("subject", pgettext_lazy("of a mail", "subject")),
        column("is_active", pgettext_lazy("entry of a list", "active"), BooleanColumn),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("mail"),
            FieldPanel("subject"),
            FieldPanel("body"),
            FieldPanel("is_active"),
            HelpPanel(template="pakn_portal/snippets/mail_variables.html"),
        ],
        base_form_class=MailTemplateForm,
    )
