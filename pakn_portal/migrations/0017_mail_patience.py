from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0016_words_of_forms"),
    ]

    operations = [
        migrations.AddField(
            model_name="outgoingmail",
            name="refused_since",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="outgoingmail",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "waiting"),
                    ("sent", "sent"),
                    ("failed", "given up"),
                    ("withheld", "withheld"),
                ],
                default="waiting",
                max_length=20,
            ),
        ),
    ]
