"""Words of an ended session have a table of their own, so that they end whether or not sessions are cleared."""

import uuid

from django.db import migrations, models

import pakn_portal.clock


class Migration(migrations.Migration):
    dependencies = [("pakn_portal", "0051_kept_on_paper")]

    operations = [
        migrations.CreateModel(
            name="LeftWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("place", models.CharField(blank=True, editable=False, max_length=100)),
                ("sealed", models.TextField(editable=False)),
                (
                    "left_at",
                    models.DateTimeField(db_index=True, default=pakn_portal.clock.now, editable=False),
                ),
            ],
            options={
                "verbose_name": "words of an ended session",
                "verbose_name_plural": "words of an ended session",
                "default_permissions": (),
            },
        ),
    ]
