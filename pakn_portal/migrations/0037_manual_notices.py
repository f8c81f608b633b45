"""What senders without e-mail are to be told, until somebody says that they were."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import pakn_portal.clock
from pakn_portal.conf import unit_model_name


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0036_saved_views"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(unit_model_name()),
    ]

    operations = [
        migrations.AlterField(
            model_name="outgoingmail",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "waiting"),
                    ("sent", "sent"),
                    ("failed", "given up"),
                    ("by_hand", "to be told by hand"),
                    ("withheld", "withheld"),
                ],
                default="waiting",
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="ManualNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("opened_at", models.DateTimeField(default=pakn_portal.clock.now)),
                ("given_at", models.DateTimeField(blank=True, null=True)),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("letter", "by a printed letter"),
                            ("telephone", "on the telephone"),
                            ("in_person", "in person, at the office"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mail",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="manual_notice",
                        to="pakn_portal.outgoingmail",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=unit_model_name(),
                    ),
                ),
            ],
            options={
                "verbose_name": "notice to give by hand",
                "verbose_name_plural": "notices to give by hand",
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("given_at", None)),
                        fields=["unit", "opened_at"],
                        name="pakn_notice_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("given_at", None), ("way", "")),
                            models.Q(("given_at__isnull", False), models.Q(("way", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="pakn_notice_given_in_a_way",
                    )
                ],
            },
        ),
    ]
