from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0005_staff_search"),
    ]

    operations = [
        migrations.AddField(
            model_name="correction",
            name="is_withheld",
            field=models.BooleanField(default=False),
        ),
    ]
