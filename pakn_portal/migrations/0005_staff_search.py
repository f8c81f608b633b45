"""What the staff's lists need to stay fast over the years: the search box, and the texts with a publisher.

The index of the search box is the database's own kind. PostgreSQL has an index of three-letter pieces where the
extension pg_trgm can be had; where it is refused, the box goes on without (docs/how-to/operate.md says how to add it
later). SQLite reads a narrow index through instead of the wide rows. A later migration that lets SQLite rebuild the
table `pakn_portal_submission` drops that index with it, and must run SQLITE again.
"""

from __future__ import annotations

from django.conf import settings
from django.db import migrations, models

SQLITE = ["CREATE INDEX IF NOT EXISTS pakn_submission_folded ON pakn_portal_submission (folded)"]
# a block of its own: what fails in it is undone, and the migration goes on
POSTGRESQL = [
    """DO $$
    BEGIN
        CREATE EXTENSION IF NOT EXISTS pg_trgm;
        CREATE INDEX IF NOT EXISTS pakn_submission_folded ON pakn_portal_submission USING gin (folded gin_trgm_ops);
    EXCEPTION
        WHEN insufficient_privilege OR undefined_file OR undefined_object OR feature_not_supported THEN
            RAISE WARNING 'pakn_portal: no index for the search box of the staff: %', SQLERRM;
    END $$"""
]
BACK = ["DROP INDEX IF EXISTS pakn_submission_folded"]


def install(apps, editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}.get(editor.connection.vendor, []):
        editor.execute(statement, params=None)


def remove(apps, editor):
    if editor.connection.vendor in ("sqlite", "postgresql"):
        for statement in BACK:
            editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0004_more_verbs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="outgoingmail",
            options={
                "default_permissions": (),
                "permissions": [("retry_mail", "Can see which mails did not leave and try them again")],
                "verbose_name": "outgoing mail",
                "verbose_name_plural": "outgoing mails",
            },
        ),
        migrations.AddIndex(
            model_name="publictext",
            index=models.Index(fields=["state"], name="pakn_text_state"),
        ),
        migrations.RunPython(install, remove, elidable=False),
    ]
