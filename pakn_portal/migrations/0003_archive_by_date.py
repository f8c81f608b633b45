from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0002_full_text"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="archiveentry",
            name="pakn_entry_recent",
        ),
        migrations.AddIndex(
            model_name="archiveentry",
            index=models.Index(
                condition=models.Q(("is_public", True)),
                fields=["published_on", "id"],
                name="pakn_entry_by_date",
            ),
        ),
        migrations.AddIndex(
            model_name="archiveentry",
            index=models.Index(
                condition=models.Q(("is_public", True)),
                fields=["kind", "sector", "unit", "sender_kind", "year", "is_public"],
                name="pakn_entry_counts",
            ),
        ),
    ]
