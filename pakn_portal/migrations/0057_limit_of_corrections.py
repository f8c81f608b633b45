"""The step of a correction, and the notice that it is late: names of choices only."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0056_similar_texts"),
    ]

    operations = [
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
                    (
                        "public_text_overdue",
                        "public text to be with the publisher by now, if the answer is for everybody",
                    ),
                    ("publication_overdue", "publication overdue"),
                    ("correction_overdue", "correction overdue"),
                    ("hand_over_soon", "to be handed over soon"),
                    ("hand_over_today", "to be handed over today"),
                    ("hand_over_overdue", "to be handed over by now"),
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
                    ("correct", "correction of a published answer"),
                    ("hand_over", "handing over a complaint or a denunciation"),
                ],
                max_length=20,
                verbose_name="step",
            ),
        ),
    ]
