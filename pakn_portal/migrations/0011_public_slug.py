from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from django.utils import translation
from django.utils.translation import gettext as _

SEALED = ("complaint", "denunciation", "secret_hold")
WORDS = ("title", "draft_title", "question", "answer", "legal_bases", "seo_title", "search_description")


def keep_addresses(apps: Any, schema_editor: Any) -> None:
    """Of every answer that is, or was, on the site."""
    pages, answers = apps.get_model("wagtailcore", "Page"), apps.get_model("pakn_portal", "AnswerPage")
    slugs = pages.objects.filter(pk=OuterRef("pk")).values("slug")[:1]
    public = answers.objects.exclude(public_text=None).exclude(first_published_at=None)
    answers.objects.filter(pk__in=list(public.values_list("pk", flat=True))).update(
        public_slug=Subquery(slugs)
    )


def forget_words(apps: Any, schema_editor: Any) -> None:
    """Of every answer that is not on the site: in the tree of pages and its log; of a sealed case everywhere."""
    with translation.override(settings.LANGUAGE_CODE):
        title = _("Answer that is not on the site")
    pages, entries = apps.get_model("wagtailcore", "Page"), apps.get_model("wagtailcore", "PageLogEntry")
    answers = apps.get_model("pakn_portal", "AnswerPage")
    off_site = answers.objects.exclude(public_text=None).filter(live=False)
    for page in off_site.select_related("public_text__case").order_by("pk"):
        slug = f"tra-loi-{page.public_text_id}"
        above = page.url_path.rstrip("/").rpartition("/")[0]
        pages.objects.filter(pk=page.pk).update(
            title=title, draft_title=title, slug=slug, url_path=f"{above}/{slug}/", search_description=""
        )
        answers.objects.filter(pk=page.pk).update(question="", answer="", legal_bases="", content_hash="")
        is_sealed = page.public_text.case.status in SEALED
        if is_sealed or page.first_published_at is None:
            entries.objects.filter(page=page.pk).update(label=title)
        for revision in _revisions(apps, page):
            revision.object_str = title
            if is_sealed:
                revision.content = {**revision.content, **dict.fromkeys(WORDS, ""), "slug": slug}
            revision.save(update_fields=["object_str", "content"])


def _revisions(apps: Any, page: Any) -> Iterator[Any]:
    kept = apps.get_model("wagtailcore", "Revision").objects
    yield from kept.filter(content_type_id=page.content_type_id, object_id=str(page.pk)).iterator()


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0010_limit_counts"),
    ]

    operations = [
        migrations.AddField(
            model_name="answerpage",
            name="public_slug",
            field=models.SlugField(
                allow_unicode=True, blank=True, editable=False, max_length=255, default=""
            ),
            preserve_default=False,
        ),
        migrations.RunPython(keep_addresses, migrations.RunPython.noop),
        migrations.RunPython(forget_words, migrations.RunPython.noop),
    ]
