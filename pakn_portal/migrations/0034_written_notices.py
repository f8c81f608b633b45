from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0033_answer_versions"),
    ]

    operations = [
        migrations.AddField(
            model_name="deadlinerule",
            name="needs_written_notice",
            field=models.BooleanField(
                default=False,
                help_text="The sender has the act in writing: by e-mail, or on paper where they left no address. For referrals, extensions and requests for a supplement.",
                verbose_name="written notice required",
            ),
        ),
    ]
