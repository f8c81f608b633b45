"""Which replaced documents an answer rests on stands in rows, so that they are counted by an index."""

import django.db.models.deletion
from django.db import migrations, models

from pakn_portal.text import document_numbers

_BATCH = 500


def write_citations(apps, schema_editor):
    """Of what is marked already; the worker writes the rest, as always."""
    database = schema_editor.connection.alias
    entries = apps.get_model("pakn_portal", "ArchiveEntry").objects.using(database)
    citations = apps.get_model("pakn_portal", "ReplacedCitation")
    bases = apps.get_model("pakn_portal", "LegalBasis").objects.using(database)
    replaced = set(bases.filter(is_replaced=True).values_list("number", flat=True))
    marked = entries.filter(is_public=True, is_superseded=True).values_list("pk", "context")
    rows = []
    for pk, context in marked.iterator(chunk_size=_BATCH):
        cited = replaced.intersection(document_numbers(context))
        rows += [citations(entry_id=pk, number=number) for number in sorted(cited)]
    citations.objects.using(database).bulk_create(rows, batch_size=_BATCH, ignore_conflicts=True)


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
        migrations.RunPython(write_citations, migrations.RunPython.noop),
    ]
