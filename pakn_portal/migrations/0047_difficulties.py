"""What staff find difficult, to be worked off."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import pakn_portal.clock


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0046_worker_round"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Difficulty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.TextField(max_length=2000, verbose_name="what is difficult")),
                ("screen", models.CharField(blank=True, max_length=120, verbose_name="screen")),
                ("version", models.CharField(blank=True, max_length=40, verbose_name="version")),
                (
                    "reported_at",
                    models.DateTimeField(default=pakn_portal.clock.now, verbose_name="reported at"),
                ),
                ("remedy", models.CharField(blank=True, max_length=500, verbose_name="what was done")),
                ("dealt_with_at", models.DateTimeField(null=True)),
                (
                    "dealt_with_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "difficulty",
                "verbose_name_plural": "difficulties",
                "ordering": ["-pk"],
                "default_permissions": (),
                "indexes": [models.Index(fields=["dealt_with_at"], name="pakn_difficulty_open")],
            },
        ),
    ]
