"""A part of a case's number found by an index on PostgreSQL, as migration 0005 does for names and titles.

Where the extension pg_trgm is refused, the search box goes on without. SQLite reads the narrow index of the unique
number through.
"""

from __future__ import annotations

from django.db import migrations

# a block of its own: what fails in it is undone, and the migration goes on
POSTGRESQL = """DO $$
    BEGIN
        CREATE INDEX IF NOT EXISTS pakn_case_number_parts ON pakn_portal_case USING gin (number gin_trgm_ops);
    EXCEPTION
        WHEN undefined_object THEN
            RAISE WARNING 'pakn_portal: no index for parts of case numbers: %', SQLERRM;
    END $$"""
BACK = "DROP INDEX IF EXISTS pakn_case_number_parts"


def install(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(POSTGRESQL, params=None)


def remove(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(BACK)


class Migration(migrations.Migration):
    dependencies = [("pakn_portal", "0067_letters_by_signatory")]

    operations = [migrations.RunPython(install, remove, elidable=False)]
