"""The ministry's own words of its mails, as a list in the admin with a look beforehand and versions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from pakn_portal.notifications.edited.models import MailTemplate
from pakn_portal.notifications.edited.texts import product_words
from pakn_portal.notifications.rule_sets import editable_mails, goes_to_staff
from pakn_portal.snippets.viewsets.base import YesNoColumn, column, unsaved_words
from pakn_portal.snippets.viewsets.left_words import KeepsWords, KeptCreateView
from pakn_portal.staff.mails.occasions import occasion_of


class MailTemplateForm(WagtailAdminModelForm):
    """Which mail it is of is chosen once."""

    mail = forms.ChoiceField(label=pgettext_lazy("outgoing message", "Mail"))
    shown_case = forms.CharField(
        label=_("Preview with the case"),
        max_length=40,
        required=False,
        help_text=_("The number of a case that you may see. Without one the preview has a made-up case."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["mail"]
        field.help_text = MailTemplate._meta.get_field("mail").help_text
        to_senders, to_staff = _choices(to_staff=False), _choices(to_staff=True)
        groups = [(_("Mails to senders"), to_senders), (_("Mails to colleagues"), to_staff)]
        field.choices = [("", "—"), *groups]
        field.disabled = self.instance.pk is not None
        # the words below are of this mail: those of another would go out under its name
        chosen = "" if self.instance.pk else self.data.get("mail", "")
        chosen = chosen or self.instance.mail
        if chosen in editable_mails():
            field.choices = [(chosen, occasion_of(chosen))]

    def full_clean(self) -> None:
        """Each mistake on a line of its own: the CMS writes all of a field behind one another."""
        super().full_clean()
        for name, errors in self._errors.items():
            if len(errors) > 1:
                lines = format_html_join(mark_safe("<br>"), "{}", ((each,) for each in errors))
                self._errors[name] = self.error_class([lines])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        self.instance.shown_case = cleaned.get("shown_case", "")
        return cleaned


def _choices(*, to_staff: bool) -> list[tuple[str, str]]:
    return [(mail, occasion_of(mail)) for mail in editable_mails() if goes_to_staff(mail) == to_staff]


def _occasion(row: MailTemplate) -> str:
    return occasion_of(row.mail)


class MailTemplateCreateView(KeptCreateView):
    """`?template=guided` begins with the product's words of that mail, to be changed and not written anew."""

    def get_initial_form_instance(self) -> MailTemplate:
        mail = self.request.GET.get("template", "")
        if mail not in editable_mails():
            return MailTemplate()
        subject, body = product_words(mail)
        return MailTemplate(mail=mail, subject=subject, body=body)


class MailTemplateViewSet(KeepsWords, SnippetViewSet):
    model = MailTemplate
    add_view_class = MailTemplateCreateView
    index_template_name = "pakn_portal/snippets/mail_templates.html"
    icon = "mail"
    menu_label = _("Mail templates")
    menu_order = 215
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = [
        column("occasion", pgettext_lazy("outgoing message", "mail"), accessor=_occasion),
        column("subject", pgettext_lazy("of a mail", "subject")),
        column("is_active", pgettext_lazy("entry of a list", "active"), YesNoColumn),
        unsaved_words(),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("mail"),
            FieldPanel("subject"),
            FieldPanel("body"),
            FieldPanel("is_active"),
            FieldPanel("shown_case"),
            HelpPanel(template="pakn_portal/snippets/mail_variables.html"),
        ],
        base_form_class=MailTemplateForm,
    )

    def get_queryset(self, request: Any) -> Any:
        return MailTemplate.objects.select_related("latest_revision")
