"""What the section's home shows beside its own text."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from django.core.cache import cache
from django.db.models import Count, F
from django.http import HttpRequest

from pakn_portal import clock
from pakn_portal.answers.figures import answered_lately, answered_on_time
from pakn_portal.cases.models import Case
from pakn_portal.conf import portal_settings
from pakn_portal.pages.answers.page import AnswerPage
from pakn_portal.pages.links import first_page, url_of
from pakn_portal.snippets.choices import row_key
from pakn_portal.snippets.models import Sector

LATEST = 5
#: Among so many the latest are looked for.
_MADE_LAST = 500
FIGURES_SECONDS = 300


@dataclass(frozen=True)
class PublicFigures:
    """Counts of the last twelve months, and what stands on the site."""

    answered: int
    on_time: int
    published: int

    @property
    def share(self) -> int | None:
        """On time, in whole per cent rounded down; None of too few cases (PUBLIC_FIGURES_MINIMUM), of which
        nothing is told: one late answer would be many per cent.
        """
        is_told = self.answered >= max(1, int(portal_settings.PUBLIC_FIGURES_MINIMUM))
        return 100 * self.on_time // self.answered if is_told else None


#: Plain values, under their names: what an earlier version of the software has counted is not read.
_FIGURES_KEY: Final = ".".join(["pakn_portal.home", *(field.name for field in fields(PublicFigures))])


def home_context(page: Any, request: HttpRequest) -> dict[str, Any]:
    """A constant number of queries."""
    choice = first_page("FormIndexPage", beside=page)
    return {
        "archive_url": url_of("ArchivePage", request, beside=page),
        "tracking_url": url_of("TrackingPage", request, beside=page),
        "choice_url": choice.get_url(request) if choice else "",
        "forms": form_links(choice, request) if choice else [],
        "latest": latest_answers(request),
        "sectors": sorted(Sector.objects.filter(is_active=True), key=row_key),
        "figures": figures(),
    }


def form_links(choice: Any, request: HttpRequest) -> list[dict[str, Any]]:
    """The live forms beneath the page that lets people choose."""
    forms = [page.specific for page in choice.get_children().live().specific()]
    return [
        {
            "title": form.title,
            "url": form.get_url(request),
            "text": form.search_description,
            "kind": form.sender_kind,
        }
        for form in forms
        if hasattr(form, "sender_kind")
    ]


def latest_answers(request: HttpRequest) -> list[dict[str, Any]]:
    # The CMS has no index over the day of publication. Pages are made not long before they are published,
    # so the latest are among the last ones made, which the primary key finds in an archive of any size.
    made_last = AnswerPage.objects.live().public().order_by("-pk").values_list("pk", flat=True)[:_MADE_LAST]
    newest = (
        AnswerPage.objects.filter(pk__in=list(made_last))
        .select_related("sector")
        .order_by(F("answered_on").desc(nulls_last=True), "-first_published_at", "-pk")
    )
    return [
        {"title": page.title, "url": page.get_url(request), "sector": page.sector, "on": page.answered_on}
        for page in newest.defer("question", "answer", "legal_bases")[:LATEST]
    ]


def figures() -> PublicFigures:
    """As of some minutes ago: everybody who comes to the section asks for them."""
    known: dict[str, int] | None = cache.get(_FIGURES_KEY)
    if known is None:
        known = asdict(count_figures())
        cache.set(_FIGURES_KEY, known, FIGURES_SECONDS)
    return PublicFigures(**known)


def count_figures() -> PublicFigures:
    """Two queries over all cases and answers."""
    today = clock.today()
    counts = Case.objects.filter(answered_lately(today)).aggregate(
        answered=Count("pk"), on_time=Count("pk", filter=answered_on_time(today))
    )
    return PublicFigures(counts["answered"], counts["on_time"], AnswerPage.objects.live().count())
