"""The demo's outbox in the browser. Routed only while DEBUG is on."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from example_site.portal import outbox


@never_cache
def letters(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/outbox.html", {"letters": outbox.letters()})


@never_cache
def letter(request: HttpRequest, name: str) -> HttpResponse:
    found = outbox.find(name)
    if found is None:
        raise Http404
    return render(request, "portal/letter.html", {"letter": found})
