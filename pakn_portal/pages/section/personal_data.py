"""The notice on personal data (Law 91/2025/QH15, Decree 356/2025/NĐ-CP): the short one stands on each form,
the long one is a route of the section's home, unless the ministry has a page of its own (PERSONAL_DATA).
"""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from pakn_portal.conf import portal_settings
from pakn_portal.pages.links import urls_of

ROUTE: Final = "du-lieu-ca-nhan"
TEMPLATE: Final = "pakn_portal/personal_data_page.html"


def notice_context(page: Any, request: HttpRequest | None) -> dict[str, Any]:
    """One query, for the addresses."""
    told = portal_settings.PERSONAL_DATA
    urls = urls_of("SectionPage", "TrackingPage", beside=page, request=request)
    return {
        "ministry": portal_settings.MINISTRY_NAME or _("The ministry"),
        "kept_for": told["kept_for"],
        "contact": told["contact"] or portal_settings.MINISTRY_CONTACT,
        "privacy_url": told["url"] or _beneath(urls["SectionPage"]),
        "tracking_url": urls["TrackingPage"],
    }


def _beneath(home: str) -> str:
    return f"{home.rstrip('/')}/{ROUTE}/" if home else ""


def serve_notice(page: Any, request: HttpRequest) -> TemplateResponse:
    """The long notice, beneath the section's home."""
    context = page.get_context(request)
    context["pakn_breadcrumb"] = [*context["pakn_breadcrumb"], (page.title, page.get_url(request) or "")]
    added = {"pakn_here": _("Your personal data"), "pakn_notice": notice_context(page, request)}
    return TemplateResponse(request, TEMPLATE, {**context, **added})
