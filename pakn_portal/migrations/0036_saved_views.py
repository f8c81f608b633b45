"""Saved views of the list of cases, and an index for the order in which it opens.

PostgreSQL alone has use for the index: SQLite knows none with the empty values in front.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from pakn_portal.conf import unit_model_name

POSTGRESQL = """CREATE INDEX IF NOT EXISTS pakn_case_list ON pakn_portal_case
    (closed_on DESC NULLS FIRST, due_on ASC NULLS LAST, id DESC)"""


def install(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(POSTGRESQL)


def remove(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP INDEX IF EXISTS pakn_case_list")


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0035_daily_figures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(unit_model_name()),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("query", models.CharField(blank=True, max_length=1500)),
                ("opens_first", models.BooleanField(default=False, verbose_name="opens first")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=unit_model_name(),
                        verbose_name="shared with",
                    ),
                ),
            ],
            options={
                "verbose_name": "saved view",
                "verbose_name_plural": "saved views",
                "ordering": ["name", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(fields=["owner", "name"], name="pakn_one_view_of_a_name"),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(
                condition=models.Q(("opens_first", True)), fields=["owner"], name="pakn_one_first_view"
            ),
        ),
        migrations.RunPython(install, remove),
    ]
