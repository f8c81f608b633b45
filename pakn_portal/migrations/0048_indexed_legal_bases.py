"""Legal bases that were replaced are noted in the index as names are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0047_difficulties"),
    ]

    operations = [
        migrations.AlterField(
            model_name="indexedname",
            name="of",
            field=models.CharField(
                choices=[("unit", "Unit"), ("sector", "Sector"), ("replaced", "Replaced")], max_length=10
            ),
        ),
    ]
