from django.db import migrations, models

import pakn_portal.clock


class Migration(migrations.Migration):
    dependencies = [("pakn_portal", "0073_amending_letters")]

    operations = [
        migrations.CreateModel(
            name="RegisterCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("checked_at", models.DateTimeField(default=pakn_portal.clock.now)),
                ("lines", models.PositiveBigIntegerField()),
                ("offences", models.JSONField(default=dict)),
                ("seal", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "check of the register",
                "verbose_name_plural": "checks of the register",
                "ordering": ["checked_at", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="caseevent",
            index=models.Index(fields=["verb", "at"], name="pakn_event_verb_at"),
        ),
    ]
