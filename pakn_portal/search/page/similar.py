"""What was answered already, for whoever is about to ask it; and how often that was enough."""

from __future__ import annotations

from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from pakn_portal import clock
from pakn_portal.pages.links import url_of
from pakn_portal.pages.views.answered import is_still_counted
from pakn_portal.search.entries import address_of, readable_entries
from pakn_portal.search.models import AnsweredInstead
from pakn_portal.search.page.related import Related, related
from pakn_portal.text import normalize, syllables

MOST: Final = 3
#: Fewer syllables tell no matter.
_FEWEST: Final = 4
#: As long as the form's own title.
_LONGEST: Final = 200


def similar(title: str, request: HttpRequest | None) -> list[Related]:
    """At most three answers on the matter of a title, best first; a constant number of queries."""
    title = normalize(title[: _LONGEST * 2]).strip()[:_LONGEST]
    if len(syllables(title)) < _FEWEST:
        return []
    archive_url = url_of("ArchivePage", request)
    return related(title, "", archive_url, request)[:MOST]


@never_cache
@require_POST
def similar_view(request: HttpRequest) -> JsonResponse:
    """`title` → `{"answers": [{"key", "title", "url"}, …]}`. A POST, so that no log has what people write."""
    found = similar(request.POST.get("title", ""), request)
    return JsonResponse(
        {"answers": [{"key": one.entry.key, "title": one.entry.title, "url": one.url} for one in found]}
    )


@never_cache
@require_POST
def answered_view(request: HttpRequest) -> HttpResponse:
    """“This answers me”: counts one more for today, and nothing of who or what, then opens the answer. Beyond
    the limit of an address it opens uncounted. Raises Http404 for what is not on the site.
    """
    entry = readable_entries().filter(key=request.POST.get("answer", "")[:200]).first()
    if entry is None:
        raise Http404
    if is_still_counted(request):
        count_one()
    return redirect(address_of(entry, url_of("ArchivePage", request), request))


def count_one() -> None:
    """Whoever is first on a day makes its row; two at once are two."""
    today = clock.today()
    rows = AnsweredInstead.objects.filter(counted_on=today)
    if rows.update(number=F("number") + 1):
        return
    try:
        with transaction.atomic():
            AnsweredInstead.objects.create(counted_on=today, number=1)
    except IntegrityError:
        rows.update(number=F("number") + 1)
