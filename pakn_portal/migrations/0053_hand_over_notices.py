from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pakn_portal", "0052_left_words")]

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
                    ("hand_over_soon", "to be handed over soon"),
                    ("hand_over_today", "to be handed over today"),
                    ("hand_over_overdue", "to be handed over by now"),
                    ("progress", "progress notice"),
                ],
                max_length=20,
            ),
        ),
    ]
