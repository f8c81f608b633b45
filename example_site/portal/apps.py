from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "example_site.portal"
    label = "portal"
    verbose_name = "Cổng thông tin điện tử"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from example_site.portal import checks  # noqa: F401  (registers the check)
