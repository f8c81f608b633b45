"""Instants in the section's zone, for pages, staff screens and mails."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.templatetags.tz import do_timezone

from pakn_portal import clock

register = template.Library()


@register.filter
def section_time(instant: Any) -> Any:
    """`{{ case.received_at|section_time|date:"H:i d/m/Y" }}`; empty if the value is not an instant."""
    return do_timezone(instant, clock.zone())


@register.simple_tag
def section_now() -> datetime:
    """`{% section_now as at %}`: the instant at which the page is rendered."""
    return clock.now()
