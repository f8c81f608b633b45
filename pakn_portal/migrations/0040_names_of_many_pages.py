from django.db import migrations

NAMES = {
    "archivepage": ("archive of answers", "archives of answers"),
    "formindexpage": ("choice of form", "choices of form"),
    "sectionpage": ("section home", "section homes"),
    "submissionpage": ("submission form", "submission forms"),
    "trackingpage": ("tracking page", "tracking pages"),
}


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0039_kept_words"),
    ]

    operations = [
        migrations.AlterModelOptions(name=model, options={"verbose_name": one, "verbose_name_plural": many})
        for model, (one, many) in NAMES.items()
    ]
