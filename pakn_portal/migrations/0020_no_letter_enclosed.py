from django.db import migrations

#: As they shipped, in either language, and as they ship now. A row that somebody reworded is theirs.
REWORDED = {
    "Việc này không thuộc thẩm quyền của Bộ. Ông/bà vui lòng gửi đến cơ quan có thẩm quyền được nêu trong thư hướng dẫn kèm theo.": (
        "Việc này không thuộc thẩm quyền của Bộ. Ông/bà vui lòng gửi đến cơ quan có thẩm quyền."
    ),
    "This matter is not in the competence of the ministry. Please send it to the competent body that the enclosed letter of guidance names.": (
        "This matter is not in the competence of the ministry. Please send it to the competent body."
    ),
}


def reword(apps, schema_editor):
    """The reason spoke of a letter that nobody encloses; now it leads to the action that guides."""
    rows = apps.get_model("pakn_portal", "RefusalReason").objects.filter(code="out_of_competence")
    for before, now in REWORDED.items():
        rows.filter(public_text=before).update(public_text=now)


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0019_index_again"),
    ]

    operations = [
        migrations.RunPython(reword, migrations.RunPython.noop),
    ]
