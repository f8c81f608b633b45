from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0028_public_text_overdue"),
    ]

    operations = [
        migrations.AddField(
            model_name="registerhead",
            name="seal",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="registerhead",
            name="key_id",
            field=models.CharField(blank=True, max_length=8),
        ),
    ]
