"""One person has one saved view of a name, however it is capitalised."""

from django.db import migrations, models
from django.db.models.functions import Lower


def number_the_later(apps, schema_editor):
    """Of two that differ in their capitals alone the later is numbered: none is lost."""
    views = apps.get_model("pakn_portal", "SavedView").objects.using(schema_editor.connection.alias)
    taken = {}
    for view in views.order_by("owner_id", "pk"):
        names, name, number = taken.setdefault(view.owner_id, set()), view.name, 2
        while name.lower() in names:
            name, number = f"{view.name[:54]} ({number})", number + 1
        names.add(name.lower())
        if name != view.name:
            views.filter(pk=view.pk).update(name=name)


class Migration(migrations.Migration):
    dependencies = [("pakn_portal", "0058_replaced_citations")]

    operations = [
        # first, for the name that a view gets may be that of one whose turn comes later
        migrations.RemoveConstraint(model_name="savedview", name="pakn_one_view_of_a_name"),
        migrations.RunPython(number_the_later, migrations.RunPython.noop, elidable=False),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint("owner", Lower("name"), name="pakn_one_view_of_any_case"),
        ),
    ]
