from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0044_mail_templates"),
    ]

    operations = [
        migrations.CreateModel(
            name="AnsweredInstead",
            fields=[
                ("counted_on", models.DateField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "questions answered beforehand",
                "verbose_name_plural": "questions answered beforehand",
                "default_permissions": (),
            },
        ),
    ]
