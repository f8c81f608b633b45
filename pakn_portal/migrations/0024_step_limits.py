"""Every step of the deadline rules limits something: those that nothing read go, with their rows.

A form page for voters or deputies made submissions of citizens; now it says so.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

UNREAD = ("assign", "send_back", "draft", "refusal_notice", "correct")


def drop_unread(apps: Any, schema_editor: Any) -> None:
    rules = apps.get_model("pakn_portal", "DeadlineRule").objects.using(schema_editor.connection.alias)
    # a case may hold the rule of its reply, never one of these
    rules.filter(step__in=UNREAD).delete()


def tell_true_sender(apps: Any, schema_editor: Any) -> None:
    pages = apps.get_model("pakn_portal", "SubmissionPage").objects.using(schema_editor.connection.alias)
    pages.filter(sender_kind__in=["voter", "deputy"]).update(sender_kind="citizen")


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0023_kinds_of_sources"),
    ]

    operations = [
        migrations.RunPython(drop_unread, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(tell_true_sender, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="deadlinenotice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("due_soon", "due soon"),
                    ("due_today", "due today"),
                    ("overdue", "overdue"),
                    ("intake_overdue", "intake overdue"),
                    ("referral_overdue", "to be referred by now, if it is another agency's"),
                    ("publication_overdue", "publication overdue"),
                    ("progress", "progress notice"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="deadlinerule",
            name="step",
            field=models.CharField(
                choices=[
                    ("intake", "intake"),
                    ("refer", "referral to another agency"),
                    ("reply", "reply to the sender"),
                    ("extension", "extension"),
                    ("progress_notice", "progress notice after the due date"),
                    ("supplement", "waiting for the sender's supplement"),
                    ("publish", "publication of an approved answer"),
                ],
                max_length=20,
                verbose_name="step",
            ),
        ),
        migrations.AlterField(
            model_name="submissionpage",
            name="sender_kind",
            field=models.CharField(
                choices=[("citizen", "citizen"), ("business", "business")],
                default="citizen",
                help_text="Voters and deputies have no form: what they send comes by letter.",
                max_length=20,
                verbose_name="sender",
            ),
        ),
    ]
