from __future__ import annotations

from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList

from pakn_portal.snippets.listing import ListForm
from pakn_portal.snippets.models import DeadlineRule
from pakn_portal.snippets.viewsets.base import ListViewSet, YesNoColumn, column, confirmation


def only_for(rule: DeadlineRule) -> str:
    """What the rule names, in one column: most rules name little."""
    named = [
        rule.get_kind_display(), rule.get_sender_kind_display(), rule.sector, rule.get_urgency_display(),
        rule.get_procedure_display(),
    ]  # fmt: skip
    return ", ".join(str(each) for each in named if each) or gettext("All")


def in_force(rule: DeadlineRule) -> str:
    """From when, and until when where that is known."""
    first = f"{rule.valid_from:%d/%m/%Y}"
    if rule.valid_until is None:
        return gettext("since %(day)s") % {"day": first}
    return f"{first} – {rule.valid_until:%d/%m/%Y}"


class DeadlineRuleViewSet(ListViewSet):
    model = DeadlineRule
    icon = "time"
    menu_order = 50
    list_display = [
        "__str__",
        column("for", pgettext_lazy("of a deadline rule", "only for"), accessor=only_for, sort_key="kind"),
        column(
            "valid_from", pgettext_lazy("of a rule", "in force"), accessor=in_force, sort_key="valid_from"
        ),
        column("needs_written_notice", pgettext_lazy("of a deadline rule", "in writing"), YesNoColumn),
        column("is_verified", pgettext_lazy("of a row of a list", "verified"), YesNoColumn),
    ]
    list_filter = ["step", "kind", "sender_kind", "sector", "procedure", "is_verified"]
    search_fields = ["legal_basis", "sector__name"]
    edit_handler = ObjectList(
        [
            HelpPanel(
                _(
                    "A case takes the rule in force on the day it was registered and keeps it. Of several "
                    "rules that fit, the one that names most wins. For a new term, end the old rule and add "
                    "a new one."
                )
            ),
            FieldPanel("step"),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("sender_kind")]),
                    FieldRowPanel([FieldPanel("sector"), FieldPanel("urgency")]),
                    FieldPanel("procedure"),
                ],
                heading=_("Only for (empty: for all)"),
            ),
            FieldRowPanel([FieldPanel("amount"), FieldPanel("unit")]),
            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
            FieldPanel("legal_basis"),
            FieldPanel("needs_written_notice"),
            confirmation(),
        ],
        base_form_class=ListForm,
    )

    def get_queryset(self, request: Any) -> Any:
        return DeadlineRule.objects.select_related("sector")
