"""The receipt: what happened, what comes next, by when, and how to come back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from pakn_portal.cases import due_dates
from pakn_portal.cases.models import Case
from pakn_portal.deadlines.calendar import Calendar
from pakn_portal.deadlines.explain import long_date
from pakn_portal.deadlines.rules import current_calendar
from pakn_portal.pages.links import urls_of
from pakn_portal.submissions.actions import Accepted
from pakn_portal.submissions.forms.language import looks_vietnamese
from pakn_portal.submissions.secrets import display_secret

TEMPLATE = "pakn_portal/receipt.html"


def receipt_response(
    page: Any, request: HttpRequest, accepted: Accepted, case: Case, calendar: Calendar | None = None
) -> HttpResponse:
    """Shown as the answer to the POST: the secret never stands in an address. Sent again, it is shown
    again.
    """
    calendar = calendar or current_calendar()
    submission = accepted.submission
    context = page.get_context(request)
    urls = urls_of("TrackingPage", "SectionPage", beside=page, request=request)
    context |= {
        **receipt_context(accepted),
        "is_repeat": accepted.is_repeat,
        "counted_from": due_dates.counted_from(case, calendar),
        "registered": long_date(submission.registered_on),
        "due": due_dates.told(case, calendar),
        "intake_due": long_date(case.intake_due_on) if case.intake_due_on else "",
        "may_not_be_vietnamese": not looks_vietnamese(submission.content),
        "tracking_url": urls["TrackingPage"],
        "section_url": urls["SectionPage"],
    }
    return TemplateResponse(request, TEMPLATE, context)


def receipt_context(accepted: Accepted) -> dict[str, Any]:
    """What the two parts need that every receipt has: includes/receipt_codes.html and receipt_facts.html."""
    submission = accepted.submission
    return {
        "case": submission.case,
        "submission": submission,
        "secret": display_secret(accepted.secret),
        "sent_files": list(submission.attachments.all()) if accepted.is_repeat else accepted.attachments,
    }
