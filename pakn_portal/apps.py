from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PaknPortalConfig(AppConfig):
    name = "pakn_portal"
    label = "pakn_portal"
    verbose_name = _("Ministry with citizens and businesses")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pakn_portal import checks, error_reports, receivers  # noqa: F401  (registers the checks)

        error_reports.connect()
        receivers.connect()
