"""The app `pakn_portal.wagtail_vietnamese`: put it above Wagtail's apps, for the first catalogue wins."""

from __future__ import annotations

from django.apps import AppConfig


class WagtailVietnameseConfig(AppConfig):
    name = "pakn_portal.wagtail_vietnamese"
    label = "wagtail_vietnamese"
