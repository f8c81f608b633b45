from typing import Any

from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery


def keep_both_days(apps: Any, schema_editor: Any) -> None:
    """Re-opening wrote its day over that of receipt, which still stands with what was sent."""
    cases, submissions = apps.get_model("pakn_portal", "Case"), apps.get_model("pakn_portal", "Submission")
    received = submissions.objects.filter(pk=OuterRef("submission_id")).values("registered_on")[:1]
    cases.objects.update(term_started_on=F("registered_on"))
    cases.objects.filter(term_number__gt=1).update(registered_on=Subquery(received))


def forget_receipt(apps: Any, schema_editor: Any) -> None:
    apps.get_model("pakn_portal", "Case").objects.update(registered_on=F("term_started_on"))


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0029_sealed_heads"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="term_started_on",
            field=models.DateField(null=True, verbose_name="term counted from"),
        ),
        migrations.RunPython(keep_both_days, forget_receipt),
        migrations.AlterField(
            model_name="case",
            name="term_started_on",
            field=models.DateField(verbose_name="term counted from"),
        ),
    ]
