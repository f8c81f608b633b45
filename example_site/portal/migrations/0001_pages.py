import django.db.models.deletion
import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContentPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                ("summary", models.TextField(blank=True, verbose_name="tóm tắt")),
                ("body", wagtail.fields.RichTextField(blank=True, verbose_name="nội dung")),
                (
                    "is_news",
                    models.BooleanField(
                        default=False, help_text="Hiện trong khối tin mới ở trang chủ.", verbose_name="là tin"
                    ),
                ),
            ],
            options={
                "verbose_name": "trang nội dung",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="HomePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                ("intro", models.TextField(blank=True, verbose_name="lời giới thiệu")),
            ],
            options={
                "verbose_name": "trang chủ",
            },
            bases=("wagtailcore.page",),
        ),
    ]
