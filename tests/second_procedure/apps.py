from __future__ import annotations

from django.apps import AppConfig


class SecondProcedureConfig(AppConfig):
    name = "tests.second_procedure"
    label = "second_procedure"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tests.second_procedure.procedure import connect

        connect()
