from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, ObjectList

from pakn_portal.snippets.holiday_form import HolidayForm
from pakn_portal.snippets.listing import HolidayFilters
from pakn_portal.snippets.models import Holiday
from pakn_portal.snippets.viewsets.base import ListViewSet, column, confirmation
from pakn_portal.snippets.weekdays import long_date


class HolidayViewSet(ListViewSet):
    model = Holiday
    icon = "date"
    menu_order = 60
    list_display = [
        "name",
        column("date", _("date"), accessor=lambda day: capfirst(long_date(day.date)), sort_key="date"),
        column("kind", _("kind"), accessor="get_kind_display", sort_key="kind"),
        column("status", _("status"), accessor="get_status_display", sort_key="status"),
        "note",
    ]
    filterset_class = HolidayFilters
    search_fields = ["name", "note", "date"]
    #: The newest year first, its days as they come.
    ordering = ["-date__year", "date"]
    edit_handler = ObjectList(
        [
            HelpPanel(
                _(
                    "Saving computes the deadlines of all open cases again and writes each change into the "
                    "case. A year counts only when its New Year's Day, Tết, 30/04, 01/05 and 02/09 are all "
                    "in the list."
                )
            ),
            FieldRowPanel([FieldPanel("date"), FieldPanel("last_date")]),
            FieldPanel("kind"),
            FieldPanel("name"),
            FieldPanel("status"),
            FieldPanel("note"),
            confirmation(),
        ],
        base_form_class=HolidayForm,
    )
