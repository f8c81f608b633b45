from django.db import migrations, models

import pakn_portal.clock


def drop_doubles(apps, schema_editor):
    """Of equal files that wait for one form only the first stays; the worker sweeps the bytes of the others."""
    waiting = (
        apps.get_model("pakn_portal", "Attachment").objects.filter(submission=None).exclude(upload_key="")
    )
    seen = set()
    for pk, *what in waiting.order_by("pk").values_list("pk", "upload_key", "sha256", "name"):
        if tuple(what) in seen:
            waiting.filter(pk=pk).delete()
        seen.add(tuple(what))


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0008_terms_by_number"),
    ]

    operations = [
        migrations.CreateModel(
            name="UploadTray",
            fields=[
                ("key", models.CharField(editable=False, max_length=64, primary_key=True, serialize=False)),
                ("opened_at", models.DateTimeField(default=pakn_portal.clock.now)),
            ],
        ),
        migrations.RunPython(drop_doubles, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("upload_key", ""), _negated=True),
                fields=("upload_key", "sha256", "name"),
                name="pakn_one_file_for_a_form",
            ),
        ),
    ]
