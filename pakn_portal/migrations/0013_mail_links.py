from datetime import timedelta

import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone


def keep_links(apps, schema_editor):
    """What stands in mails that were sent opens the case for half a year more."""
    submissions = apps.get_model("pakn_portal", "Submission").objects.exclude(mail_token_hash="")
    links = apps.get_model("pakn_portal", "MailLink").objects
    until, batch = timezone.now() + timedelta(days=180), []
    for key, token_hash in submissions.values_list("pk", "mail_token_hash").iterator():
        batch.append(links.model(submission_id=key, token_hash=token_hash, expires_at=until))
        if len(batch) == 1000:
            links.bulk_create(batch)
            batch = []
    links.bulk_create(batch)


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0012_indexed_names"),
    ]

    operations = [
        migrations.CreateModel(
            name="MailLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("expires_at", models.DateTimeField(db_index=True)),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mail_links",
                        to="pakn_portal.submission",
                    ),
                ),
            ],
            options={
                "verbose_name": "mail link",
                "verbose_name_plural": "mail links",
                "default_permissions": (),
            },
        ),
        migrations.RunPython(keep_links, migrations.RunPython.noop),
    ]
