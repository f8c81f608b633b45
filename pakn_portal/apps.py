from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from pakn_portal.conf import unit_model_name


class PaknPortalConfig(AppConfig):
    name = "pakn_portal"
    label = "pakn_portal"
    verbose_name = _("Ministry with citizens and businesses")
    default_auto_field = "django.db.models.BigAutoField"

    def import_models(self) -> None:
        """Check what models need before any is imported; later, a misleading traceback would come before any
        system check could run. Raises ImproperlyConfigured.
        """
        _need_admin()
        _need_label_of_unit_model()
        super().import_models()

    def ready(self) -> None:
        _need_unit_model()
        from pakn_portal import checks, error_reports, receivers  # noqa: F401  # inside: apps not loaded yet

        error_reports.connect()
        receivers.connect()


def _need_admin() -> None:
    if "admin" not in apps.app_configs:
        raise ImproperlyConfigured(
            "pakn_portal needs 'django.contrib.admin' in INSTALLED_APPS, for wagtail-modeladmin; "
            "its addresses need not be in urlpatterns."
        )


def _need_label_of_unit_model() -> None:
    name: Any = unit_model_name()
    if not isinstance(name, str):
        raise _no_unit_model("it is no text")
    label, dot, model = name.partition(".")
    if not (label and dot and model) or label not in apps.app_configs:
        raise _no_unit_model(f"no installed app has the label {label!r}" if dot else "it has no dot")


def _need_unit_model() -> None:
    try:
        apps.get_model(unit_model_name())
    except LookupError as error:
        raise _no_unit_model(str(error)) from None


def _no_unit_model(problem: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"PAKN_PORTAL_UNIT_MODEL = {unit_model_name()!r} names no model: {problem}. "
        'Write "app_label.Model", or leave it out for the unit model of pakn_portal.'
    )
