"""When the worker last came to the end of its steps."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pakn_portal", "0045_answered_instead")]

    operations = [
        migrations.CreateModel(
            name="WorkerRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ended_at", models.DateTimeField()),
                ("failed", models.CharField(blank=True, max_length=300)),
            ],
            options={"default_permissions": ()},
        ),
    ]
