import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import pakn_portal.clock


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0038_after_forwarding"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("place", models.CharField(editable=False, max_length=100)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("tab", models.CharField(blank=True, editable=False, max_length=32)),
                ("sealed", models.TextField(blank=True, editable=False)),
                ("saved_at", models.DateTimeField(editable=False, null=True)),
                ("seen_at", models.DateTimeField(default=pakn_portal.clock.now, editable=False)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "kept words",
                "verbose_name_plural": "kept words",
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["place", "seen_at"], name="pakn_kept_place"),
                    models.Index(fields=["saved_at"], name="pakn_kept_saved"),
                ],
            },
        ),
    ]
