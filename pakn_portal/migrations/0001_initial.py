import secrets
import uuid

import django.core.validators
import django.db.models.deletion
import modelcluster.fields
import wagtail.contrib.routable_page.models
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

import pakn_portal.clock
import pakn_portal.pages.answer_view
import pakn_portal.pages.context
import pakn_portal.submissions.storage
from pakn_portal.conf import unit_model_name


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(unit_model_name()),
    ]

    operations = [
        migrations.CreateModel(
            name="Agency",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.SlugField(
                        help_text="Known to imports and reports; it stays as it is once saved.",
                        max_length=60,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note for the sender")),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Switch off what is no longer used; old cases keep it.",
                        verbose_name="active",
                    ),
                ),
            ],
            options={
                "verbose_name": "agency",
                "verbose_name_plural": "agencies",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="ArchiveEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=160, unique=True)),
                ("public_id", models.CharField(blank=True, db_index=True, max_length=120)),
                ("is_public", models.BooleanField(default=True)),
                ("version", models.PositiveBigIntegerField(default=1)),
                ("indexed_version", models.PositiveBigIntegerField(default=0)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("question", "policy question"),
                            ("petition", "petition"),
                            ("feedback", "feedback"),
                            ("legal_text", "article of law"),
                        ],
                        max_length=30,
                    ),
                ),
                ("title", models.CharField(max_length=500)),
                ("question", models.TextField(blank=True)),
                ("answer", models.TextField(blank=True)),
                ("context", models.TextField(blank=True)),
                ("attachments_text", models.TextField(blank=True)),
                (
                    "sender_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("citizen", "citizen"),
                            ("business", "business"),
                            ("voter", "voter"),
                            ("deputy", "National Assembly deputy"),
                        ],
                        max_length=20,
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("published_on", models.DateField(blank=True, null=True)),
                ("document_numbers", models.JSONField(default=list)),
                ("is_superseded", models.BooleanField(default=False, verbose_name="legal basis replaced")),
                (
                    "page",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.page",
                    ),
                ),
            ],
            options={
                "verbose_name": "archive entry",
                "verbose_name_plural": "archive entries",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ArchivePage",
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
                ("intro", wagtail.fields.RichTextField(blank=True, verbose_name="introduction")),
            ],
            options={
                "verbose_name": "archive of answers",
            },
            bases=(
                wagtail.contrib.routable_page.models.RoutablePageMixin,
                pakn_portal.pages.context.SectionContextMixin,
                "wagtailcore.page",
                models.Model,
            ),
        ),
        migrations.CreateModel(
            name="DeadlineRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("intake", "intake"),
                            ("refer", "referral to another agency"),
                            ("assign", "assignment inside the ministry"),
                            ("send_back", "sending back a wrong assignment"),
                            ("draft", "drafting in the unit"),
                            ("reply", "reply to the sender"),
                            ("extension", "extension"),
                            ("progress_notice", "progress notice after the due date"),
                            ("supplement", "waiting for the sender's supplement"),
                            ("refusal_notice", "written notice of refusal"),
                            ("publish", "publication of an approved answer"),
                            ("correct", "correction of published information"),
                        ],
                        max_length=20,
                        verbose_name="step",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("feedback", "feedback"),
                            ("petition", "petition"),
                            ("question", "policy question"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "sender_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("citizen", "citizen"),
                            ("business", "business"),
                            ("voter", "voter"),
                            ("deputy", "National Assembly deputy"),
                        ],
                        max_length=20,
                        verbose_name="sender",
                    ),
                ),
                (
                    "urgency",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("normal", "normal"),
                            ("urgent", "urgent"),
                            ("very_urgent", "very urgent"),
                            ("express", "express"),
                        ],
                        max_length=20,
                        verbose_name="urgency",
                    ),
                ),
                (
                    "amount",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)], verbose_name="amount"
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[("wd", "working days"), ("cd", "calendar days")],
                        default="wd",
                        max_length=2,
                        verbose_name="unit",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                (
                    "valid_until",
                    models.DateField(
                        blank=True,
                        help_text="The last day; empty while the rule holds.",
                        null=True,
                        verbose_name="valid until",
                    ),
                ),
                (
                    "legal_basis",
                    models.CharField(
                        blank=True,
                        help_text="Shown where a deadline is explained.",
                        max_length=300,
                        verbose_name="legal basis",
                    ),
                ),
                (
                    "is_verified",
                    models.BooleanField(default=False, verbose_name="verified by the Legal Department"),
                ),
            ],
            options={
                "verbose_name": "deadline rule",
                "verbose_name_plural": "deadline rules",
                "ordering": ["step", "kind", "sender_kind", "-valid_from"],
            },
        ),
        migrations.CreateModel(
            name="FormIndexPage",
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
                ("intro", wagtail.fields.RichTextField(blank=True, verbose_name="introduction")),
            ],
            options={
                "verbose_name": "choice of form",
            },
            bases=(pakn_portal.pages.context.SectionContextMixin, "wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="Holiday",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("date", models.DateField(unique=True, verbose_name="date")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("day_off", "day off"), ("working_day", "extra working day")],
                        default="day_off",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("in_force", "in force"), ("proposed", "proposed")],
                        default="in_force",
                        help_text="A proposed day does not count yet; deadlines follow once it is in force.",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
            ],
            options={
                "verbose_name": "holiday",
                "verbose_name_plural": "holidays",
                "ordering": ["date"],
            },
        ),
        migrations.CreateModel(
            name="LegalText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source_id",
                    models.CharField(max_length=120, unique=True, verbose_name="identifier in the source"),
                ),
                ("slug", models.SlugField(max_length=140, unique=True, verbose_name="slug")),
                ("title", models.CharField(max_length=500, verbose_name="heading")),
                ("body", models.TextField(verbose_name="text")),
                ("law_number", models.CharField(blank=True, max_length=60, verbose_name="document number")),
                ("law_name", models.CharField(blank=True, max_length=500, verbose_name="document name")),
                ("article_number", models.CharField(blank=True, max_length=20, verbose_name="article")),
                ("issuer", models.CharField(blank=True, max_length=200, verbose_name="issuer")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="issued on")),
                ("topic", models.CharField(blank=True, max_length=200, verbose_name="topic")),
                ("content_hash", models.CharField(editable=False, max_length=64)),
            ],
            options={
                "verbose_name": "legal text",
                "verbose_name_plural": "legal texts",
            },
        ),
        migrations.CreateModel(
            name="NumberSequence",
            fields=[
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="RefusalReason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.SlugField(
                        help_text="Known to imports and reports; it stays as it is once saved.",
                        max_length=60,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "public_text",
                    models.TextField(
                        help_text="Say kindly why, and what the sender can do now.",
                        verbose_name="text for the sender",
                    ),
                ),
                (
                    "needs_written_notice",
                    models.BooleanField(default=False, verbose_name="written notice required"),
                ),
                ("may_resubmit", models.BooleanField(default=True, verbose_name="the sender may send again")),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Switch off what is no longer used; old cases keep it.",
                        verbose_name="active",
                    ),
                ),
                (
                    "sort_order",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Smaller numbers stand first.", verbose_name="order"
                    ),
                ),
            ],
            options={
                "verbose_name": "refusal reason",
                "verbose_name_plural": "refusal reasons",
                "ordering": ["sort_order", "name"],
            },
        ),
        migrations.CreateModel(
            name="SectionPage",
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
                ("intro", wagtail.fields.RichTextField(blank=True, verbose_name="introduction")),
            ],
            options={
                "verbose_name": "section home",
            },
            bases=(pakn_portal.pages.context.SectionContextMixin, "wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="Sender",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("citizen", "citizen"),
                            ("business", "business"),
                            ("voter", "voter"),
                            ("deputy", "National Assembly deputy"),
                        ],
                        max_length=20,
                        verbose_name="sender",
                    ),
                ),
                ("full_name", models.CharField(max_length=150, verbose_name="full name")),
                ("organisation", models.CharField(blank=True, max_length=200, verbose_name="organisation")),
                ("tax_code", models.CharField(blank=True, max_length=14, verbose_name="tax code")),
                ("address", models.CharField(max_length=300, verbose_name="address")),
                ("province", models.CharField(blank=True, max_length=60, verbose_name="province")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="telephone")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
            ],
            options={
                "verbose_name": "sender",
                "verbose_name_plural": "senders",
            },
        ),
        migrations.CreateModel(
            name="SubmissionPage",
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
                ("intro", wagtail.fields.RichTextField(blank=True, verbose_name="introduction")),
                (
                    "sender_kind",
                    models.CharField(
                        choices=[
                            ("citizen", "citizen"),
                            ("business", "business"),
                            ("voter", "voter"),
                            ("deputy", "National Assembly deputy"),
                        ],
                        default="citizen",
                        max_length=20,
                        verbose_name="sender",
                    ),
                ),
            ],
            options={
                "verbose_name": "submission form",
            },
            bases=(pakn_portal.pages.context.SectionContextMixin, "wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="Synonym",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("term", models.CharField(max_length=100, unique=True, verbose_name="term")),
                ("expansions", models.TextField(help_text="One on each line.", verbose_name="expansions")),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Switch off what is no longer used; old cases keep it.",
                        verbose_name="active",
                    ),
                ),
            ],
            options={
                "verbose_name": "synonym",
                "verbose_name_plural": "synonyms",
                "ordering": ["term"],
            },
        ),
        migrations.CreateModel(
            name="TrackingPage",
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
                ("intro", wagtail.fields.RichTextField(blank=True, verbose_name="introduction")),
            ],
            options={
                "verbose_name": "tracking page",
            },
            bases=(pakn_portal.pages.context.SectionContextMixin, "wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.SlugField(
                        help_text="Known to imports and reports; it stays as it is once saved.",
                        max_length=60,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("short_name", models.CharField(blank=True, max_length=60, verbose_name="short name")),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Switch off what is no longer used; old cases keep it.",
                        verbose_name="active",
                    ),
                ),
                (
                    "focal_person",
                    models.ForeignKey(
                        blank=True,
                        help_text="Takes what comes to the unit and names the officer.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="focal person",
                    ),
                ),
                (
                    "head",
                    models.ForeignKey(
                        blank=True,
                        help_text="Approves the unit's answers.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="head",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to=unit_model_name(),
                        verbose_name="parent unit",
                    ),
                ),
                (
                    "staff_group",
                    models.ForeignKey(
                        blank=True,
                        help_text="Members of this group are the officers of the unit and see its cases.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="auth.group",
                        verbose_name="staff group",
                    ),
                ),
            ],
            options={
                "verbose_name": "unit",
                "verbose_name_plural": "units",
                "ordering": ["name"],
                "abstract": False,
                "swappable": "PAKN_PORTAL_UNIT_MODEL",
            },
        ),
        migrations.CreateModel(
            name="AnswerPage",
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
                ("source_id", models.CharField(blank=True, db_index=True, editable=False, max_length=120)),
                ("question", models.TextField(verbose_name="question")),
                ("answer", models.TextField(verbose_name="answer")),
                ("content_hash", models.CharField(editable=False, max_length=64)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("feedback", "feedback"),
                            ("petition", "petition"),
                            ("question", "policy question"),
                        ],
                        default="question",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "sender_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("citizen", "citizen"),
                            ("business", "business"),
                            ("voter", "voter"),
                            ("deputy", "National Assembly deputy"),
                        ],
                        max_length=20,
                        verbose_name="sender",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("solved", "solved"),
                            ("being_solved", "being solved"),
                            ("explained", "explained"),
                            ("noted", "noted for study"),
                        ],
                        max_length=20,
                        verbose_name="outcome",
                    ),
                ),
                ("legal_bases", models.TextField(blank=True, verbose_name="legal bases")),
                ("asked_on", models.DateField(blank=True, null=True, verbose_name="asked on")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="answered on")),
                ("unpublished_on", models.DateField(blank=True, editable=False, null=True)),
                ("unpublished_reason", models.TextField(blank=True, editable=False)),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=unit_model_name(),
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer",
                "verbose_name_plural": "answers",
            },
            bases=(pakn_portal.pages.answer_view.AnswerViewMixin, "wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="ArchiveText",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        db_column="entry_id",
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="text",
                        serialize=False,
                        to="pakn_portal.archiveentry",
                    ),
                ),
                ("title", models.TextField(blank=True)),
                ("body", models.TextField(blank=True)),
                ("exact", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "searchable text",
                "verbose_name_plural": "searchable texts",
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="archiveentry",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=unit_model_name(),
            ),
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="case number")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("submitted", "Submitted"),
                            ("received", "Received"),
                            ("need_info", "More information needed"),
                            ("routed", "Forwarded to a unit"),
                            ("returned", "Sent back by the unit"),
                            ("processing", "In progress"),
                            ("coordinating", "Awaiting other units"),
                            ("draft_review", "Answer awaiting approval"),
                            ("extended", "Deadline extended"),
                            ("answered", "Answered"),
                            ("published", "Published"),
                            ("rejected", "Refused"),
                            ("duplicate", "Duplicate"),
                            ("out_of_scope", "Outside competence, guided"),
                            ("forwarded", "Referred to another agency"),
                            ("complaint", "Moved to the complaint procedure"),
                            ("denunciation", "Moved to the denunciation procedure"),
                            ("noted", "Kept for study"),
                            ("withdrawn", "Withdrawn by the sender"),
                            ("reopened", "Re-opened"),
                            ("secret_hold", "Locked, possible state secret"),
                        ],
                        default="submitted",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "urgency",
                    models.CharField(
                        choices=[
                            ("normal", "normal"),
                            ("urgent", "urgent"),
                            ("very_urgent", "very urgent"),
                            ("express", "express"),
                        ],
                        default="normal",
                        max_length=20,
                        verbose_name="urgency",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("solved", "solved"),
                            ("being_solved", "being solved"),
                            ("explained", "explained"),
                            ("noted", "noted for study"),
                        ],
                        max_length=20,
                        verbose_name="outcome",
                    ),
                ),
                ("registered_on", models.DateField(verbose_name="registered on")),
                ("term_amount", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="term")),
                (
                    "term_unit",
                    models.CharField(
                        blank=True, choices=[("wd", "working days"), ("cd", "calendar days")], max_length=2
                    ),
                ),
                ("legal_basis", models.CharField(blank=True, max_length=300, verbose_name="legal basis")),
                ("intake_due_on", models.DateField(blank=True, null=True, verbose_name="intake due on")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                (
                    "supplement_due_on",
                    models.DateField(blank=True, null=True, verbose_name="supplement due on"),
                ),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
                (
                    "created_at",
                    models.DateTimeField(default=pakn_portal.clock.now, verbose_name="created at"),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="pakn_portal.agency",
                        verbose_name="agency",
                    ),
                ),
                (
                    "lead_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=unit_model_name(),
                        verbose_name="lead unit",
                    ),
                ),
                (
                    "master",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duplicates",
                        to="pakn_portal.case",
                        verbose_name="same as",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="officer",
                    ),
                ),
                (
                    "supporting_units",
                    models.ManyToManyField(
                        blank=True, related_name="+", to=unit_model_name(), verbose_name="supporting units"
                    ),
                ),
                (
                    "deadline_rule",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="pakn_portal.deadlinerule",
                    ),
                ),
                (
                    "refusal_reason",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="pakn_portal.refusalreason",
                        verbose_name="refusal reason",
                    ),
                ),
            ],
            options={
                "verbose_name": "case",
                "verbose_name_plural": "cases",
                "ordering": ["-pk"],
                "permissions": [
                    ("intake_case", "Can receive, classify and forward cases"),
                    ("handle_case", "Can handle the cases of their own unit"),
                    ("lead_case", "Can oversee all cases as a ministry leader"),
                    ("publish_case", "Can publish, correct and unpublish answers"),
                    ("audit_case", "Can read all cases and verify the register"),
                    ("read_sealed_case", "Can read complaints, denunciations and cases on hold"),
                ],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("body", models.TextField(verbose_name="answer")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("solved", "solved"),
                            ("being_solved", "being solved"),
                            ("explained", "explained"),
                            ("noted", "noted for study"),
                        ],
                        default="explained",
                        max_length=20,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "legal_bases",
                    models.TextField(
                        blank=True,
                        help_text="Document numbers, one on each line.",
                        verbose_name="legal bases",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "awaiting approval"),
                            ("rejected", "not approved"),
                            ("approved", "approved"),
                        ],
                        default="draft",
                        max_length=20,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0)),
                ("written_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("approved_hash", models.CharField(blank=True, max_length=64)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer",
                        to="pakn_portal.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer",
                "verbose_name_plural": "answers",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "corrected_on",
                    models.DateField(default=pakn_portal.clock.today, verbose_name="corrected on"),
                ),
                ("note", models.TextField(verbose_name="what was corrected")),
                ("earlier_question", models.TextField(blank=True)),
                ("earlier_answer", models.TextField(blank=True)),
                (
                    "corrected_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="pakn_portal.answerpage",
                    ),
                ),
            ],
            options={
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("amount", models.PositiveSmallIntegerField()),
                (
                    "unit",
                    models.CharField(choices=[("wd", "working days"), ("cd", "calendar days")], max_length=2),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("legal_basis", models.CharField(blank=True, max_length=300)),
                ("granted_on", models.DateField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="pakn_portal.case",
                    ),
                ),
            ],
            options={
                "ordering": ["granted_on", "pk"],
            },
        ),
        migrations.AddField(
            model_name="archiveentry",
            name="legal_text",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="pakn_portal.legaltext",
            ),
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("started_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("submit", "Submit"),
                            ("receive", "Receive"),
                            ("refuse", "Refuse"),
                            ("request_supplement", "Ask the sender"),
                            ("supplement", "Supplement"),
                            ("classify", "Classify"),
                            ("forward", "Forward to a unit"),
                            ("send_back", "Send back"),
                            ("assign", "Assign"),
                            ("request_opinion", "Ask another unit"),
                            ("give_opinion", "Give an opinion"),
                            ("extend_deadline", "Extend the deadline"),
                            ("draft_answer", "Save the draft answer"),
                            ("submit_answer", "Submit for approval"),
                            ("approve_answer", "Approve"),
                            ("reject_answer", "Do not approve"),
                            ("prepare_public_text", "Prepare the public text"),
                            ("request_publication", "Send to the publisher"),
                            ("return_public_text", "Ask for changes"),
                            ("publish", "Publish"),
                            ("unpublish", "Unpublish"),
                            ("correct", "Correct"),
                            ("refer", "Refer to another agency"),
                            ("guide", "Close as outside competence"),
                            ("mark_duplicate", "Mark as duplicate"),
                            ("move_to_complaint", "Move to the complaint procedure"),
                            ("move_to_denunciation", "Move to the denunciation procedure"),
                            ("keep", "Keep for study"),
                            ("withdraw", "Withdraw"),
                            ("reopen", "Re-open"),
                            ("hold", "Lock: possible state secret"),
                            ("release_hold", "Unlock"),
                            ("read_contacts", "Show the sender's contacts"),
                            ("recalculate", "Recalculate the deadline"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pauses",
                        to="pakn_portal.case",
                    ),
                ),
            ],
            options={
                "ordering": ["started_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PublicationTask",
            fields=[
                (
                    "task_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.task",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        help_text="Pages/snippets at this step in a workflow will be moderated or approved by these groups of users",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
            ],
            options={
                "verbose_name": "publication of an answer",
                "verbose_name_plural": "publications of answers",
            },
            bases=("wagtailcore.task",),
        ),
        migrations.CreateModel(
            name="PublicText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("question", models.TextField(verbose_name="question")),
                ("answer", models.TextField(verbose_name="answer")),
                ("confirmed", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("requested", "with the publisher"),
                            ("published", "published"),
                            ("unpublished", "unpublished"),
                        ],
                        default="draft",
                        max_length=20,
                    ),
                ),
                ("prepared_at", models.DateTimeField()),
                ("content_hash", models.CharField(blank=True, max_length=64)),
                ("released_hash", models.CharField(blank=True, max_length=64)),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="public_text",
                        to="pakn_portal.case",
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "public text",
                "verbose_name_plural": "public texts",
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="answerpage",
            name="public_text",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="page",
                to="pakn_portal.publictext",
            ),
        ),
        migrations.CreateModel(
            name="Sector",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.SlugField(
                        help_text="Known to imports and reports; it stays as it is once saved.",
                        max_length=60,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("description", models.CharField(blank=True, max_length=300, verbose_name="description")),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Switch off what is no longer used; old cases keep it.",
                        verbose_name="active",
                    ),
                ),
                (
                    "sort_order",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Smaller numbers stand first.", verbose_name="order"
                    ),
                ),
                (
                    "lead_unit",
                    models.ForeignKey(
                        blank=True,
                        help_text="Suggested when a case of this sector is forwarded.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=unit_model_name(),
                        verbose_name="usual lead unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "sector",
                "verbose_name_plural": "sectors",
                "ordering": ["sort_order", "name"],
            },
        ),
        migrations.AddField(
            model_name="legaltext",
            name="sector",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="pakn_portal.sector",
            ),
        ),
        migrations.AddField(
            model_name="deadlinerule",
            name="sector",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="pakn_portal.sector",
                verbose_name="sector",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="sector",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="pakn_portal.sector",
                verbose_name="sector",
            ),
        ),
        migrations.AddField(
            model_name="archiveentry",
            name="sector",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="pakn_portal.sector",
            ),
        ),
        migrations.AddField(
            model_name="answerpage",
            name="sector",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="pakn_portal.sector",
                verbose_name="sector",
            ),
        ),
        migrations.CreateModel(
            name="OutgoingMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("template", models.CharField(max_length=40)),
                ("context", models.JSONField(default=dict)),
                ("sealed", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("sent", "sent"),
                            ("failed", "given up"),
                            ("withheld", "withheld, too many to one address"),
                        ],
                        default="waiting",
                        max_length=20,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("last_error", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField(default=pakn_portal.clock.now)),
                ("due_at", models.DateTimeField(default=pakn_portal.clock.now)),
                ("claimed_until", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mails",
                        to="pakn_portal.case",
                    ),
                ),
                (
                    "to_user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "to_sender",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="pakn_portal.sender",
                    ),
                ),
            ],
            options={
                "verbose_name": "outgoing mail",
                "verbose_name_plural": "outgoing mails",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("feedback", "feedback"),
                            ("petition", "petition"),
                            ("question", "policy question"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("content", models.TextField(verbose_name="content")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "web form"),
                            ("phone", "telephone"),
                            ("post", "post"),
                            ("email", "e-mail"),
                            ("in_person", "in person"),
                            ("government_portal", "Government portal"),
                            ("assembly", "National Assembly"),
                            ("questionnaire", "questionnaire"),
                        ],
                        default="web",
                        max_length=20,
                        verbose_name="channel",
                    ),
                ),
                (
                    "concerned_unit",
                    models.CharField(blank=True, max_length=200, verbose_name="unit or person concerned"),
                ),
                (
                    "wants_name_published",
                    models.BooleanField(default=False, verbose_name="agrees to be named"),
                ),
                (
                    "received_at",
                    models.DateTimeField(default=pakn_portal.clock.now, verbose_name="received at"),
                ),
                ("registered_on", models.DateField(verbose_name="registered on")),
                (
                    "backdating_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="reason for the earlier date"),
                ),
                ("folded", models.TextField(blank=True, editable=False)),
                ("form_key_hash", models.CharField(editable=False, max_length=64, null=True, unique=True)),
                ("secret_hash", models.CharField(editable=False, max_length=200)),
                (
                    "mail_token_hash",
                    models.CharField(blank=True, db_index=True, editable=False, max_length=64),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sender",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submission",
                        to="pakn_portal.sender",
                    ),
                ),
                (
                    "suggested_sector",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="pakn_portal.sector",
                    ),
                ),
            ],
            options={
                "verbose_name": "submission",
                "verbose_name_plural": "submissions",
            },
        ),
        migrations.AddField(
            model_name="case",
            name="submission",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="case",
                to="pakn_portal.submission",
                verbose_name="submission",
            ),
        ),
        migrations.CreateModel(
            name="Supplement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("content", models.TextField(verbose_name="content")),
                (
                    "received_at",
                    models.DateTimeField(default=pakn_portal.clock.now, verbose_name="received at"),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supplements",
                        to="pakn_portal.submission",
                    ),
                ),
            ],
            options={
                "verbose_name": "supplement",
                "verbose_name_plural": "supplements",
                "ordering": ["received_at"],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=secrets.token_urlsafe, editable=False, max_length=43, unique=True
                    ),
                ),
                ("upload_key", models.CharField(blank=True, db_index=True, editable=False, max_length=64)),
                (
                    "file",
                    models.FileField(
                        max_length=200,
                        storage=pakn_portal.submissions.storage.private_storage,
                        upload_to=pakn_portal.submissions.storage.attachment_path,
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="file name")),
                ("size", models.PositiveBigIntegerField(verbose_name="size in bytes")),
                ("content_type", models.CharField(max_length=100, verbose_name="type")),
                ("sha256", models.CharField(editable=False, max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "received"),
                            ("available", "available"),
                            ("unreadable", "unreadable"),
                        ],
                        default="received",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("warnings", models.JSONField(blank=True, default=list)),
                (
                    "uploaded_at",
                    models.DateTimeField(default=pakn_portal.clock.now, verbose_name="uploaded at"),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="pakn_portal.submission",
                    ),
                ),
                (
                    "supplement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="pakn_portal.supplement",
                    ),
                ),
            ],
            options={
                "verbose_name": "attachment",
                "verbose_name_plural": "attachments",
                "ordering": ["uploaded_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="CaseEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sequence", models.PositiveIntegerField()),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("submit", "Submit"),
                            ("receive", "Receive"),
                            ("refuse", "Refuse"),
                            ("request_supplement", "Ask the sender"),
                            ("supplement", "Supplement"),
                            ("classify", "Classify"),
                            ("forward", "Forward to a unit"),
                            ("send_back", "Send back"),
                            ("assign", "Assign"),
                            ("request_opinion", "Ask another unit"),
                            ("give_opinion", "Give an opinion"),
                            ("extend_deadline", "Extend the deadline"),
                            ("draft_answer", "Save the draft answer"),
                            ("submit_answer", "Submit for approval"),
                            ("approve_answer", "Approve"),
                            ("reject_answer", "Do not approve"),
                            ("prepare_public_text", "Prepare the public text"),
                            ("request_publication", "Send to the publisher"),
                            ("return_public_text", "Ask for changes"),
                            ("publish", "Publish"),
                            ("unpublish", "Unpublish"),
                            ("correct", "Correct"),
                            ("refer", "Refer to another agency"),
                            ("guide", "Close as outside competence"),
                            ("mark_duplicate", "Mark as duplicate"),
                            ("move_to_complaint", "Move to the complaint procedure"),
                            ("move_to_denunciation", "Move to the denunciation procedure"),
                            ("keep", "Keep for study"),
                            ("withdraw", "Withdraw"),
                            ("reopen", "Re-open"),
                            ("hold", "Lock: possible state secret"),
                            ("release_hold", "Unlock"),
                            ("read_contacts", "Show the sender's contacts"),
                            ("recalculate", "Recalculate the deadline"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "from_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("submitted", "Submitted"),
                            ("received", "Received"),
                            ("need_info", "More information needed"),
                            ("routed", "Forwarded to a unit"),
                            ("returned", "Sent back by the unit"),
                            ("processing", "In progress"),
                            ("coordinating", "Awaiting other units"),
                            ("draft_review", "Answer awaiting approval"),
                            ("extended", "Deadline extended"),
                            ("answered", "Answered"),
                            ("published", "Published"),
                            ("rejected", "Refused"),
                            ("duplicate", "Duplicate"),
                            ("out_of_scope", "Outside competence, guided"),
                            ("forwarded", "Referred to another agency"),
                            ("complaint", "Moved to the complaint procedure"),
                            ("denunciation", "Moved to the denunciation procedure"),
                            ("noted", "Kept for study"),
                            ("withdrawn", "Withdrawn by the sender"),
                            ("reopened", "Re-opened"),
                            ("secret_hold", "Locked, possible state secret"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "to_status",
                    models.CharField(
                        choices=[
                            ("submitted", "Submitted"),
                            ("received", "Received"),
                            ("need_info", "More information needed"),
                            ("routed", "Forwarded to a unit"),
                            ("returned", "Sent back by the unit"),
                            ("processing", "In progress"),
                            ("coordinating", "Awaiting other units"),
                            ("draft_review", "Answer awaiting approval"),
                            ("extended", "Deadline extended"),
                            ("answered", "Answered"),
                            ("published", "Published"),
                            ("rejected", "Refused"),
                            ("duplicate", "Duplicate"),
                            ("out_of_scope", "Outside competence, guided"),
                            ("forwarded", "Referred to another agency"),
                            ("complaint", "Moved to the complaint procedure"),
                            ("denunciation", "Moved to the denunciation procedure"),
                            ("noted", "Kept for study"),
                            ("withdrawn", "Withdrawn by the sender"),
                            ("reopened", "Re-opened"),
                            ("secret_hold", "Locked, possible state secret"),
                        ],
                        max_length=20,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("note", models.TextField(blank=True)),
                ("data", models.JSONField(default=dict)),
                ("previous_hash", models.CharField(blank=True, max_length=64)),
                ("hash", models.CharField(max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="pakn_portal.case",
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
                "verbose_name": "case event",
                "verbose_name_plural": "case events",
                "ordering": ["case", "sequence"],
                "default_permissions": (),
                "indexes": [models.Index(fields=["at"], name="pakn_event_at")],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "sequence"), name="pakn_event_sequence")
                ],
            },
        ),
        migrations.CreateModel(
            name="DeadlineNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("due_soon", "due soon"),
                            ("due_today", "due today"),
                            ("overdue", "overdue"),
                            ("intake_overdue", "intake overdue"),
                            ("progress", "progress notice"),
                        ],
                        max_length=20,
                    ),
                ),
                ("due_on", models.DateField()),
                ("given_at", models.DateTimeField(default=pakn_portal.clock.now)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="pakn_portal.case"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("case", "kind", "due_on"), name="pakn_notice_once")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="archiveentry",
            index=models.Index(
                condition=models.Q(("indexed_version", models.F("version")), _negated=True),
                fields=["id"],
                name="pakn_entry_behind",
            ),
        ),
        migrations.AddIndex(
            model_name="archiveentry",
            index=models.Index(fields=["is_public", "-published_on"], name="pakn_entry_recent"),
        ),
        migrations.AddIndex(
            model_name="outgoingmail",
            index=models.Index(fields=["state", "due_at"], name="pakn_mail_due"),
        ),
        migrations.AddIndex(
            model_name="outgoingmail",
            index=models.Index(fields=["template", "sent_at"], name="pakn_mail_sent"),
        ),
        migrations.AddConstraint(
            model_name="outgoingmail",
            constraint=models.CheckConstraint(
                condition=models.Q(("to_sender__isnull", True), ("to_user__isnull", True), _connector="XOR"),
                name="pakn_mail_one_recipient",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["status", "due_on"], name="pakn_case_status_due"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["lead_unit", "status", "due_on"], name="pakn_case_unit_status"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["officer", "status"], name="pakn_case_officer"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["registered_on"], name="pakn_case_registered"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "submitted",
                            "received",
                            "need_info",
                            "routed",
                            "returned",
                            "processing",
                            "coordinating",
                            "draft_review",
                            "extended",
                            "answered",
                            "published",
                            "rejected",
                            "duplicate",
                            "out_of_scope",
                            "forwarded",
                            "complaint",
                            "denunciation",
                            "noted",
                            "withdrawn",
                            "reopened",
                            "secret_hold",
                        ],
                    )
                ),
                name="pakn_case_status_known",
            ),
        ),
    ]
