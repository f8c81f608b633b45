from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0006_withheld_corrections"),
    ]

    operations = [
        migrations.AddField(
            model_name="supplement",
            name="form_key_hash",
            field=models.CharField(editable=False, max_length=64, null=True, unique=True),
        ),
    ]
