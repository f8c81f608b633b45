"""Whether, when and by whom a row of the lists was confirmed for the Legal Department, and as what."""

import json
from hashlib import sha256

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

CONFIRMED = (
    "step",
    "kind",
    "sender_kind",
    "sector_id",
    "urgency",
    "amount",
    "unit",
    "valid_from",
    "valid_until",
    "legal_basis",
    "needs_written_notice",
)


def keep_ticked(apps, schema_editor):
    """Rules that were ticked as verified stay so as they are now; nobody knows when and by whom."""
    rules = apps.get_model("pakn_portal", "DeadlineRule").objects.all()
    for rule in rules.filter(is_verified=True, verified_as=""):
        values = [getattr(rule, name) for name in CONFIRMED]
        told = ["" if value is None else str(value) for value in values]
        digest = sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
        rules.filter(pk=rule.pk).update(verified_as=digest)


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0048_indexed_legal_bases"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="deadlinerule",
            options={
                "ordering": ["step", "kind", "sender_kind", "-valid_from"],
                "permissions": [
                    ("confirm_rule", "Can confirm rules, reasons and days off for the Legal Department")
                ],
                "verbose_name": "deadline rule",
                "verbose_name_plural": "deadline rules",
            },
        ),
        migrations.AddField(
            model_name="deadlinerule",
            name="verified_as",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="deadlinerule",
            name="verified_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="verified at"),
        ),
        migrations.AddField(
            model_name="deadlinerule",
            name="verified_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="verified by",
            ),
        ),
        migrations.AddField(
            model_name="holiday",
            name="is_verified",
            field=models.BooleanField(
                default=False, editable=False, verbose_name="verified by the Legal Department"
            ),
        ),
        migrations.AddField(
            model_name="holiday",
            name="verified_as",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="holiday",
            name="verified_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="verified at"),
        ),
        migrations.AddField(
            model_name="holiday",
            name="verified_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="verified by",
            ),
        ),
        migrations.AddField(
            model_name="refusalreason",
            name="is_verified",
            field=models.BooleanField(
                default=False, editable=False, verbose_name="verified by the Legal Department"
            ),
        ),
        migrations.AddField(
            model_name="refusalreason",
            name="verified_as",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="refusalreason",
            name="verified_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="verified at"),
        ),
        migrations.AddField(
            model_name="refusalreason",
            name="verified_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="verified by",
            ),
        ),
        migrations.AlterField(
            model_name="deadlinerule",
            name="is_verified",
            field=models.BooleanField(
                default=False, editable=False, verbose_name="verified by the Legal Department"
            ),
        ),
        migrations.RunPython(keep_ticked, migrations.RunPython.noop, elidable=True),
    ]
