"""The app `pakn_portal.wagtail_vietnamese`: put it above Wagtail's apps, for the first catalogue wins."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class WagtailVietnameseConfig(AppConfig):
    name = "pakn_portal.wagtail_vietnamese"
    label = "wagtail_vietnamese"

    def ready(self) -> None:
        from wagtail.admin.forms.auth import LoginForm  # inside: apps not loaded yet

        # Wagtail gives this field no label, so Django makes one of its name, which no catalogue has.
        LoginForm.base_fields["password"].label = gettext_lazy("Password")
