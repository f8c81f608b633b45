"""What a case is about, the letter it came in, and what finds the same words and the same sender again."""

import hashlib
import re
import unicodedata
from importlib import import_module

from django.db import migrations, models

_CHUNK = 1000
_MARKS = re.compile("[\u0300-\u036f]+")
_NO_LETTER = re.compile(r"[\W_]+")


def content_key(content):
    """As `submissions/sameness.py` had it: another key there needs a migration of its own."""
    plain = _MARKS.sub("", unicodedata.normalize("NFD", content.lower())).replace("đ", "d")
    return hashlib.sha256(_NO_LETTER.sub("", plain).encode()).hexdigest()[:32]


def fill(apps, editor):
    submissions = apps.get_model("pakn_portal", "Submission").objects
    last = 0
    while chunk := list(submissions.filter(pk__gt=last).only("pk", "content").order_by("pk")[:_CHUNK]):
        for row in chunk:
            row.content_key = content_key(row.content)
        submissions.bulk_update(chunk, ["content_key"])
        last = chunk[-1].pk


def install(apps, editor):
    """SQLite has rebuilt the table, and the index of the search box is none that Django knows."""
    if editor.connection.vendor == "sqlite":
        import_module("pakn_portal.migrations.0005_staff_search").install(apps, editor)


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0031_expected_days"),
    ]

    operations = [
        # going back rebuilds the table too, and what is first here comes last then
        migrations.RunPython(migrations.RunPython.noop, install),
        migrations.AddField(
            model_name="case",
            name="about",
            field=models.CharField(
                blank=True,
                choices=[("conduct", "administrative act"), ("regulation", "administrative regulation")],
                default="",
                max_length=20,
                verbose_name="about",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="submission",
            name="letter_number",
            field=models.CharField(
                blank=True, default="", max_length=60, verbose_name="number of the letter"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="submission",
            name="letter_dated_on",
            field=models.DateField(blank=True, null=True, verbose_name="date of the letter"),
        ),
        migrations.AddField(
            model_name="submission",
            name="content_key",
            field=models.CharField(blank=True, db_index=True, default="", editable=False, max_length=32),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="sender",
            index=models.Index(fields=["phone"], name="pakn_sender_phone"),
        ),
        migrations.AddIndex(
            model_name="sender",
            index=models.Index(fields=["email"], name="pakn_sender_email"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
