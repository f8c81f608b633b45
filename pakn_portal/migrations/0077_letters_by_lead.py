"""A letter of a joined sender is known by the case whose act it was, too."""

import django.db.models.deletion
from django.db import migrations, models


def keep_leads(apps, schema_editor):
    """The lead of a letter kept before is the case that its sender's was joined to when it was numbered
    first, for its words are of that day.
    """
    cases = apps.get_model("pakn_portal", "Case").objects
    letters = apps.get_model("pakn_portal", "OutgoingLetter").objects
    lines = apps.get_model("pakn_portal", "CaseEvent").objects.order_by("sequence")
    for letter in letters.filter(words__is_joined=True, lead=None):
        of_case = lines.filter(case_id=letter.case_id)
        numbered = of_case.filter(data__letter=letter.kind, data__act=letter.act).first()
        joined = of_case.filter(verb="mark_duplicate", data__master__isnull=False)
        if numbered is not None:
            joined = joined.filter(sequence__lt=numbered.sequence)
        last = joined.last()
        if last is not None:
            letter.lead = cases.filter(number=last.data["master"]).first()
            letter.save(update_fields=["lead"])


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0076_chained_checks"),
    ]

    operations = [
        migrations.AddField(
            model_name="outgoingletter",
            name="lead",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="pakn_portal.case",
            ),
        ),
        migrations.RemoveConstraint(model_name="outgoingletter", name="pakn_letter_act"),
        migrations.AddConstraint(
            model_name="outgoingletter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lead", None)),
                fields=("case", "kind", "act"),
                name="pakn_letter_own_act",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingletter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lead__isnull", False)),
                fields=("case", "kind", "lead", "act"),
                name="pakn_letter_lead_act",
            ),
        ),
        migrations.RunPython(keep_leads, migrations.RunPython.noop, elidable=True),
    ]
