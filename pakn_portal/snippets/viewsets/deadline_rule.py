from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList

from pakn_portal.snippets.listing import ListForm
from pakn_portal.snippets.models import DeadlineRule
from pakn_portal.snippets.viewsets.base import ListViewSet, YesNoColumn, column, confirmation, day, or_all


class DeadlineRuleViewSet(ListViewSet):
    model = DeadlineRule
    icon = "time"
    menu_order = 50
    list_display = [
        "__str__",
        column("kind", _("kind"), accessor=or_all("get_kind_display"), sort_key="kind"),
        column(
            "sender_kind", _("sender"), accessor=or_all("get_sender_kind_display"), sort_key="sender_kind"
        ),
        column("sector", _("sector"), accessor=or_all("sector")),
        column("urgency", _("urgency"), accessor=or_all("get_urgency_display")),
        column("valid_from", _("valid from"), accessor=day("valid_from"), sort_key="valid_from"),
        column("valid_until", _("valid until"), accessor=day("valid_until"), sort_key="valid_until"),
        column("needs_written_notice", _("written notice required"), YesNoColumn),
        column("is_verified", _("verified by the Legal Department"), YesNoColumn),
    ]
    list_filter = ["step", "kind", "sender_kind", "sector", "is_verified"]
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
