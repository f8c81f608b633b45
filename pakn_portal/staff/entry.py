"""Entry of a case that came by letter, telephone or in person."""

from __future__ import annotations

from wagtail_modeladmin.views import WMABaseView

from pakn_portal.staff.case_view import CaseView


class EntryView(WMABaseView):
    template_name = "pakn_portal/staff/entry.html"


class ReceiptView(CaseView):
    template_name = "pakn_portal/staff/receipt.html"
