"""Which replaced documents an answer rests on stands in rows, so that they are counted by an index."""

import django.db.models.deletion
from django.db import migrations, models


def let_the_worker_write(apps, schema_editor):
    """No document counts as told of any more, so the worker writes what cites each of them anew."""
    names = apps.get_model("pakn_portal", "IndexedName").objects.using(schema_editor.connection.alias)
    names.filter(of="replaced").delete()


class Migration(migrations.Migration):
    dependencies = [("pakn_portal", "0057_limit_of_corrections")]

    operations = [
        migrations.CreateModel(
            name="ReplacedCitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=60)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replaced_citations",
                        to="pakn_portal.archiveentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "citation of a replaced document",
                "verbose_name_plural": "citations of replaced documents",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("number", "entry"), name="pakn_one_replaced_citation")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="archiveentry",
            index=models.Index(
                condition=models.Q(("is_public", True), ("is_superseded", True)),
                fields=["unit", "published_on"],
                name="pakn_entry_superseded",
            ),
        ),
        migrations.RunPython(let_the_worker_write, migrations.RunPython.noop),
    ]
