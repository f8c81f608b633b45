import datetime
from typing import Any

from django.db import migrations, models

#: The notes of the rows as they shipped, and the notes they have now: of what the law fixes to the day, and of
#: what is decided each year.
NOTES = [
    (
        "Theo Bộ luật Lao động, chờ thông báo hằng năm.",
        "Theo Bộ luật Lao động.",
        "Dự kiến theo Điều 112 Bộ luật Lao động; khi có thông báo chính thức, sửa ngày nếu khác rồi đổi thành “có hiệu lực”.",
    ),
    (
        "Under the Labour Code; the yearly notice is to come.",
        "Under the Labour Code.",
        "Expected under article 112 of the Labour Code. Once it is announced, mend the days and change it to “in force”.",
    ),
]
EXPECTED = [
    *(datetime.date(2027, 2, day) for day in range(4, 11)),
    datetime.date(2027, 9, 3),
]


def mark_expected(apps: Any, schema_editor: Any) -> None:
    """Of the rows that nobody changed; they count as before, so no date moves."""
    rows = apps.get_model("pakn_portal", "Holiday").objects.filter(date__year=2027, status="in_force")
    for before, fixed, expected in NOTES:
        rows.filter(note=before, date__in=EXPECTED).update(status="expected", note=expected)
        rows.filter(note=before).update(note=fixed)


def count_as_before(apps: Any, schema_editor: Any) -> None:
    """What is expected counted as in force, and nothing else that counts was known."""
    rows = apps.get_model("pakn_portal", "Holiday").objects.filter(status="expected")
    for before, _fixed, expected in NOTES:
        rows.filter(note=expected).update(note=before)
    rows.update(status="in_force")


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0030_days_of_receipt"),
    ]

    operations = [
        migrations.AlterField(
            model_name="holiday",
            name="status",
            field=models.CharField(
                choices=[("in_force", "in force"), ("expected", "expected"), ("proposed", "proposed")],
                default="in_force",
                help_text="An expected day counts already, and every date that depends on it is shown as expected. A proposed day does not count yet; deadlines follow once it is in force.",
                max_length=20,
                verbose_name="status",
            ),
        ),
        migrations.RunPython(mark_expected, count_as_before),
    ]
