from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0015_law_numbers"),
    ]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="words_hash",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="supplement",
            name="words_hash",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
    ]
