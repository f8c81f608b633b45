from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0002_first_content"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="contentpage",
            options={"verbose_name": "trang nội dung", "verbose_name_plural": "trang nội dung"},
        ),
        migrations.AlterModelOptions(
            name="homepage",
            options={"verbose_name": "trang chủ", "verbose_name_plural": "trang chủ"},
        ),
    ]
