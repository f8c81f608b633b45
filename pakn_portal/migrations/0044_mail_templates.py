"""The ministry's own words of its mails to senders."""

import django.db.models.deletion
import wagtail.models.preview
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0043_legal_bases"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="MailTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "mail",
                    models.CharField(
                        help_text="Each mail has one text. Delete it to have the words of the software again.",
                        max_length=40,
                        unique=True,
                        verbose_name="mail",
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        help_text="One line, without names and without the sender's words.",
                        max_length=150,
                        verbose_name="subject",
                    ),
                ),
                (
                    "body",
                    models.TextField(
                        help_text="Without a salutation: it is added, and so are the case number, the link, the telephone and the name of the ministry.",
                        verbose_name="text",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Otherwise the words of the software are sent.",
                        verbose_name="active",
                    ),
                ),
                (
                    "latest_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "mail template",
                "verbose_name_plural": "mail templates",
                "ordering": ["mail"],
            },
            bases=(wagtail.models.preview.PreviewableMixin, models.Model),
        ),
    ]
