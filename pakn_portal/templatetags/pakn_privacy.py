"""What becomes of personal data: a few words beside each form that asks for it."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from pakn_portal.pages.section.personal_data import notice_context

register = template.Library()


@register.inclusion_tag("pakn_portal/includes/personal_data.html", takes_context=True)
def pakn_personal_data(context: Context) -> dict[str, Any]:
    """`{% pakn_personal_data %}`: who processes it, what for, how long, and where the rights are told."""
    return notice_context(context.get("page"), context.get("request"))


@register.inclusion_tag("pakn_portal/includes/personal_rights.html", takes_context=True)
def pakn_personal_rights(context: Context) -> dict[str, Any]:
    """`{% pakn_personal_rights %}`: what people may ask for, and how."""
    return {**notice_context(context.get("page"), context.get("request")), "case": context.get("case")}
