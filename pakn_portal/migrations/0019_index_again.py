from importlib import import_module

from django.db import migrations


def index_again(apps, schema_editor):
    """SQLite rebuilt the table in 0016 and dropped with it the index of the staff's search box (0005)."""
    if schema_editor.connection.vendor == "sqlite":
        for statement in import_module("pakn_portal.migrations.0005_staff_search").SQLITE:
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0018_asked_before_answered"),
    ]

    operations = [
        migrations.RunPython(index_again, migrations.RunPython.noop),
    ]
