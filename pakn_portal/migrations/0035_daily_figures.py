"""The figures of each day, unit and sector, counted beforehand; and cases found by the day of their end."""

import django.db.models.deletion
from django.db import migrations, models

from pakn_portal.conf import unit_model_name


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0034_written_notices"),
        migrations.swappable_dependency(unit_model_name()),
    ]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["closed_on"], name="pakn_case_closed"),
        ),
        migrations.CreateModel(
            name="FiguresState",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("counted_at", models.DateTimeField(null=True)),
                ("counted_on", models.DateField(null=True)),
                ("last_event", models.PositiveBigIntegerField(default=0)),
            ],
            options={"default_permissions": ()},
        ),
        migrations.CreateModel(
            name="DailyFigures",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("came_in", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("on_time", models.PositiveIntegerField(default=0)),
                ("late", models.PositiveIntegerField(default=0)),
                ("overran", models.PositiveIntegerField(default=0)),
                (
                    "sector",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="pakn_portal.sector",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=unit_model_name(),
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["day"], name="pakn_figures_day")],
            },
        ),
    ]
