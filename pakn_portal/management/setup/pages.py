"""The section's pages beneath a page of the site. Editors may change their texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.html import format_html
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from pakn_portal.conf import VIETNAMESE
from pakn_portal.languages import speaking
from pakn_portal.management.setup.tally import Progress, Tally, silent
from pakn_portal.pages.models import FormIndexPage, SectionPage, SubmissionPage, TrackingPage
from pakn_portal.search.page.models import ArchivePage
from pakn_portal.snippets.enums import SenderKind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Plan:
    """A page that the section needs; any page of this class (and sender) beneath the parent serves."""

    model: type[Page]
    slug: StrOrPromise
    title: StrOrPromise
    description: StrOrPromise
    intro: StrOrPromise = ""
    known_by: dict[str, Any] = field(default_factory=dict)
    children: tuple[Plan, ...] = ()


FORMS = (
    Plan(
        SubmissionPage,
        pgettext_lazy("starter address", "citizens"),
        pgettext_lazy("starter", "Citizens"),
        pgettext_lazy("starter", "Send feedback, a petition or a question as a private person."),
        pgettext_lazy(
            "starter",
            "Write in Vietnamese, with diacritics, and say clearly what happened, where and when. "
            "Your personal data serve only to contact and answer you.",
        ),
        {"sender_kind": SenderKind.CITIZEN},
    ),
    Plan(
        SubmissionPage,
        pgettext_lazy("starter address", "businesses"),
        pgettext_lazy("starter", "Businesses"),
        pgettext_lazy(
            "starter", "Send feedback, a petition or a question on behalf of a business or an organisation."
        ),
        pgettext_lazy(
            "starter",
            "Name the rule or the procedure that stands in the way, and what your business proposes. "
            "A signed document may come along.",
        ),
        {"sender_kind": SenderKind.BUSINESS},
    ),
)
SECTION = Plan(
    SectionPage,
    "pakn",
    pgettext_lazy("starter", "The Ministry for Citizens and Businesses"),
    pgettext_lazy(
        "starter", "Send feedback, petitions and questions; look up your case; read the published answers."
    ),
    children=(
        Plan(
            FormIndexPage,
            pgettext_lazy("starter address", "send"),
            pgettext_lazy("starter", "Send feedback, a petition or a question"),
            pgettext_lazy("starter", "Choose the form for citizens or the one for businesses."),
            children=FORMS,
        ),
        Plan(
            TrackingPage,
            pgettext_lazy("starter address", "track"),
            pgettext_lazy("starter", "Look up a case"),
            pgettext_lazy(
                "starter",
                "See where a case is and when it will be answered, with its number and tracking code.",
            ),
        ),
        Plan(
            ArchivePage,
            pgettext_lazy("starter address", "answers"),
            pgettext_lazy("starter", "Questions and published answers"),
            pgettext_lazy(
                "starter", "Search the answers of the ministry in Vietnamese, with or without diacritics."
            ),
        ),
    ),
)


@transaction.atomic
def make_pages(
    root: Page, *, under: Page | None = None, language: str = VIETNAMESE, progress: Progress = silent
) -> Tally:
    """Create the missing pages on the site of `root`; a new section goes beneath
    `under`, or beneath the root.

    A new page is written in this language. An existing page stays as it is, wherever editors moved it and
    whatever its language. A slug in use gets a number, and the tally reports that.
    """
    tally = Tally()
    if under is not None and (stands := _find(SECTION, root)) and stands.get_parent().pk != under.pk:
        tally.notes.append(
            f"The section stands beneath “{stands.get_parent().title}” already and was not moved to "
            f"“{under.title}”. Move it in the admin's page tree."
        )
    with speaking(language):
        _grow(SECTION, under or root, root, tally)
    total = tally.created + tally.kept
    progress(total, total)
    return tally


def _grow(plan: Plan, parent: Page, within: Page, tally: Tally) -> None:
    page = _find(plan, within)
    tally.count(page is None)
    if page is None:
        page = _create(plan, parent, tally)
    for child in plan.children:
        _grow(child, page, page, tally)


def _find(plan: Plan, within: Page) -> Page | None:
    return plan.model._default_manager.descendant_of(within).filter(**plan.known_by).order_by("path").first()


def _create(plan: Plan, parent: Page, tally: Tally) -> Page:
    slug = _free_slug(str(plan.slug), parent)
    if slug != plan.slug:
        tally.notes.append(f"“{plan.slug}” is in use beneath “{parent.title}”, so the new page is “{slug}”.")
    page = plan.model(
        title=str(plan.title),
        slug=slug,
        search_description=str(plan.description),
        intro=format_html("<p>{}</p>", plan.intro) if plan.intro else "",
        show_in_menus=True,
        **plan.known_by,
    )
    parent.add_child(instance=page)
    page.save_revision(log_action="wagtail.create").publish()
    return page


def _free_slug(slug: str, parent: Page) -> str:
    taken = set(parent.get_children().values_list("slug", flat=True))
    free, number = slug, 1
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    return free
