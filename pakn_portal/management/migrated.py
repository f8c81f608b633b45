"""Whether the database has the tables of this version of the app."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections, router
from django.db.migrations.executor import MigrationExecutor

from pakn_portal.cases.models import Case


def waiting_migrations() -> list[str]:
    """Names of our migrations that are not applied yet, in order. Raises DatabaseError."""
    executor = MigrationExecutor(connections[router.db_for_write(Case)])
    ours = [node for node in executor.loader.graph.leaf_nodes() if node[0] == "pakn_portal"]
    plan = executor.migration_plan(ours)
    return [migration.name for migration, _back in plan if migration.app_label == "pakn_portal"]


class SectionCommand(BaseCommand):
    """Base of the commands that read our tables: refuses to run while migrations are missing."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            waiting = waiting_migrations()
        except DatabaseError as error:
            raise CommandError(f"The database cannot be read: {error}") from error
        if waiting:
            raise CommandError(
                f"{len(waiting)} migrations of pakn_portal are not applied, from {waiting[0]} on: run "
                "“manage.py migrate” first."
            )
        return super().execute(*args, **options)
