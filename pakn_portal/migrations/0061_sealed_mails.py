"""A mail has a seal; those that are there get theirs in `0062`."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pakn_portal", "0060_standing_clocks")]

    operations = [
        migrations.AddField(
            model_name="outgoingmail",
            name="seal",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
    ]
