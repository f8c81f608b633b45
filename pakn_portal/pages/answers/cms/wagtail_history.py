"""All that reads or writes Wagtail's own record of a page: revisions, logs, workflow, redirects, who acts.

Words are taken back here: an earlier text that did harm, or all of them when a case is sealed. This is the
least documented ground of Wagtail, so a test holds each function against every version that is supported.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import get_active_log_context
from wagtail.models import ModelLogEntry, Page, PageLogEntry, TaskState, WorkflowState

from pakn_portal.answers.finds import FIELDS
from pakn_portal.answers.models import PublicText
from pakn_portal.cases.models import CaseEvent
from pakn_portal.languages import speaking
from pakn_portal.pages.answers.cms import off_site
from pakn_portal.people.actor import Actor
from pakn_portal.register.texts import WORDING, digest

#: What a blanked revision says instead of the words that stood there.
WORDS: Final = (*FIELDS, "draft_title", "legal_bases", "seo_title", "search_description")
#: All that is kept of a page whose words go, of its row as of a revision: its place in the tree, what the CMS
#: did with it, and what was chosen from lists. Whatever else it has goes, also a field of the site's own.
KEPT: Final = frozenset(
    {
        *("id", "pk", "page_ptr", "content_type", "path", "depth", "numchild", "translation_key", "locale"),
        *("live", "has_unpublished_changes", "first_published_at", "last_published_at", "live_revision"),
        *("latest_revision", "latest_revision_created_at", "go_live_at", "expire_at", "expired", "alias_of"),
        *("locked", "locked_at", "locked_by", "owner", "show_in_menus", "slug", "public_text", "source_id"),
        *("kind", "sender_kind", "sector", "unit", "outcome", "asked_on", "answered_on", "unpublished_on"),
    }
)
#: The same of a correction, whose note readers see; the texts before it go.
_KEPT_OF_CORRECTION: Final = frozenset(
    {"pk", "page", "sort_order", "corrected_on", "corrected_by", "note", "is_withheld"}
)
#: What an entry of the log has of titles, and of remarks in the workflow.
_TOLD: Final = ("title", "comment")


def acting_user() -> Actor:
    """Who is at work in the CMS, by the context of its log, for a page is told nothing; None
    outside of the CMS: a script acts for those who run the server.
    """
    user = get_active_log_context().user
    return user if user is not None and user.is_authenticated else None


def name_off_site(page: Any, revision: Any) -> None:
    """A revision of an answer that is not on the site is called as its page is."""
    revision.object_str = off_site.title()
    # not `save`, which makes it the latest once more
    page.revisions.filter(pk=revision.pk).update(object_str=revision.object_str)


def readdress(page: Any, slug: str, row: Any = None) -> None:
    """Give the row its new address, before the page is saved with it; the page knows it then too.

    The CMS would make a redirect of the old one, which somebody would read in the list of redirects. `row`:
    the page as the database has it, where that was read.
    """
    row = row or Page.objects.filter(pk=page.pk).only("slug", "url_path").first()
    if row is None:
        return
    above = row.url_path.rstrip("/").rpartition("/")[0]
    page.url_path = f"{above}/{slug}/"
    if (row.slug, row.url_path) != (slug, page.url_path):
        Page.objects.filter(pk=page.pk).update(slug=slug, url_path=page.url_path)


def stop_workflow(page: Any) -> None:
    """Who stopped it and when would tell of the lock, so the CMS forgets that it ever began."""
    page.revisions.exclude(approved_go_live_at=None).update(approved_go_live_at=None)
    state = page.current_workflow_state
    if state is not None:
        state.delete()


def withhold_revisions(page: Any) -> None:
    """Blank what staff read in the history of the CMS: every revision but the latest, and the log's titles.

    The register keeps a salted digest of each released wording, by which a copy that somebody kept can be
    judged.
    """
    forget_titles(page, page.title)
    _blank(page, page.revisions.exclude(pk=page.latest_revision_id), page.title, slug=page.slug)
    for latest in page.revisions.filter(pk=page.latest_revision_id):
        # it was made while the page still had its old address
        page.revisions.filter(pk=latest.pk).update(content={**latest.content, "url_path": page.url_path})
    _forget_addresses(page)
    _forget_forms(page)
    forget_copies(page)


def log_published(page: Any, revision: Any, by: Any, *, changed: bool) -> None:
    """The line that the CMS writes about a publication, without its asking for each row that the line names:
    all of them were just written. Neither does it tell of earlier titles.
    """
    now, uuid = timezone.now(), get_active_log_context().uuid
    entry = PageLogEntry(
        content_type=ContentType.objects.get_for_model(page, for_concrete_model=False),
        page=page,
        label=page.get_admin_display_title(),
        action="wagtail.publish",
        timestamp=now,
        uuid=uuid,
        user=by,
        revision=revision,
        content_changed=changed,
    )
    PageLogEntry.objects.bulk_create([entry])


def forget_words(page: Any) -> None:
    """Of a sealed case the CMS keeps nothing: neither words nor addresses, nor remarks about them."""
    title = off_site.title()
    forget_titles(page, title)
    _blank(page, page.revisions.all(), title, slug=off_site.slug_of(page), corrections=[])
    _forget_addresses(page)
    _forget_forms(page)
    states = WorkflowState.objects.for_instance(page)
    TaskState.objects.filter(workflow_state__in=states).exclude(comment="").update(comment="")
    forget_copies(page)


def forget_copies(page: Any) -> None:
    """Earlier versions let the CMS copy an answer, as for a translation. No copy was ever on the site."""
    for copy in _copies_of(page):
        key = copy.pk
        copy.delete()
        PageLogEntry.objects.filter(page=key).delete()


def _copies_of(page: Any) -> list[Any]:
    """Known by the tree, or by the hash of any wording that the page had or waits for. Three queries where
    there are any copies at all, else one.
    """
    copies = list(type(page)._default_manager.copies())
    if not copies:
        return []
    events = CaseEvent.objects.filter(case__public_text=page.public_text_id).with_salts()
    told = list(events.values_list("data", "texts", "salts"))
    texts_now = PublicText.objects.filter(pk=page.public_text_id).values_list("content_hash", "released_hash")
    present = {each for row in texts_now for each in row if each}

    def is_released(wording: str) -> bool:
        """Lines of before tell it plainly, later ones by its digest."""
        return wording in present or any(
            data.get("hash") == wording
            or (WORDING in (salts or {}) and digest(wording, salts[WORDING]) == texts[WORDING])
            for data, texts, salts in told
        )

    return [
        copy
        for copy in copies
        if copy.translation_key == page.translation_key
        or copy.alias_of_id == page.pk
        or is_released(copy.content_hash)
    ]


def _blank(page: Any, revisions: Any, title: str, **more: Any) -> None:
    for revision in revisions.iterator():
        content = {**_without_words(revision.content), **more}
        # not `save`, which makes it the page's latest
        page.revisions.filter(pk=revision.pk).update(content=content, object_str=title)


def withheld() -> str:
    """Stands in a revision where words stood."""
    return _("[This text was withheld.]")


def _without_words(content: dict[str, Any]) -> dict[str, Any]:
    with speaking():
        notice = withheld()
    kept = {name: value for name, value in content.items() if name in KEPT}
    words = {name: notice if content.get(name) else "" for name in WORDS}
    corrections = [
        {name: value for name, value in each.items() if name in _KEPT_OF_CORRECTION} | {"is_withheld": True}
        for each in content.get("corrections", [])
    ]
    return {**kept, **words, "url_path": "", "public_slug": "", "corrections": corrections}


def has_words(content: dict[str, Any], notices: Collection[str]) -> bool:
    """Whether a revision tells more than `forget_words` leaves. `notices`: `withheld` in each language that
    the site may have had.
    """
    names = {name for name, value in content.items() if value not in (None, "", [])}
    return any(name not in KEPT and content[name] not in notices for name in names)


def forget_titles(page: Any, title: str) -> None:
    """The logs of the CMS call the page so from now on, and have no remarks. Older titles are known by the
    revisions, so it comes before these are blanked.
    """
    entries = PageLogEntry.objects.filter(page=page)
    entries.exclude(label=title).update(label=title)
    for entry in entries.exclude(data={}):
        kept = {name: value for name, value in entry.data.items() if name not in _TOLD}
        if kept != entry.data:
            # not `save`, which refuses the action of an app that is there no more
            entries.filter(pk=entry.pk).update(data=kept)
    for earlier in {*page.revisions.values_list("content__title", flat=True)} - {title, "", None}:
        _retitle_picks(f" - {earlier}", f" - {title}")


def _retitle_picks(ends: str, instead: str) -> None:
    """Picks for the search have a log of their own, which outlives them; a label ends with a page's title."""
    entries = ModelLogEntry.objects.filter(content_type__app_label="wagtailsearchpromotions")
    for entry in entries.filter(label__endswith=ends):
        entries.filter(pk=entry.pk).update(label=entry.label.removesuffix(ends) + instead)


def _forget_forms(page: Any) -> None:
    """What was typed for a preview. Wagtail 7.4 keeps it in the session of whoever typed it."""
    try:
        form_state = apps.get_model("wagtailadmin", "FormState")
    except LookupError:
        return
    form_state.objects.for_instance(page).delete()


def _forget_addresses(page: Any) -> None:
    """Redirects have words of the titles they were made of."""
    if apps.is_installed("wagtail.contrib.redirects"):
        from wagtail.contrib.redirects.models import Redirect  # inside: optional app

        Redirect.objects.filter(redirect_page_id=page.pk).delete()
