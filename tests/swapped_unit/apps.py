from __future__ import annotations

from django.apps import AppConfig


class SwappedUnitConfig(AppConfig):
    name = "tests.swapped_unit"
    label = "swapped_unit"
    default_auto_field = "django.db.models.BigAutoField"
