from collections import defaultdict

from django.db import migrations, models


def number_terms(apps, schema_editor):
    """Each pause and extension has its line in the register, in the same order: the term is told by how many
    re-openings stand before that line."""
    events = apps.get_model("pakn_portal", "CaseEvent").objects
    reopened = events.filter(verb="reopen").values_list("case", flat=True).distinct()
    rooms = {"request_supplement": "Pause", "extend_deadline": "Extension"}
    for case in reopened.iterator():
        term, terms = 1, defaultdict(list)
        for verb in events.filter(case=case).order_by("sequence").values_list("verb", flat=True):
            term += verb == "reopen"
            if verb in rooms:
                terms[rooms[verb]].append(term)
        apps.get_model("pakn_portal", "Case").objects.filter(pk=case).update(term_number=term)
        for name, numbers in terms.items():
            rows = apps.get_model("pakn_portal", name).objects.filter(case=case).order_by("pk")
            for row, number in zip(rows, numbers, strict=False):
                row.term_number = number
                row.save(update_fields=["term_number"])


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0007_one_time_supplements"),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name=model,
                name="term_number",
                field=models.PositiveSmallIntegerField(default=1),
            )
            for model in ("case", "pause", "extension")
        ),
        migrations.RunPython(number_terms, migrations.RunPython.noop),
    ]
