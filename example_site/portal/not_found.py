"""The ministry's own page for an address that leads nowhere, also while `DEBUG` is on, as in the demo."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import render


class OwnNotFound:
    """Django shows developers a page of its own, in English, with the addresses of the whole site.

    Nothing else is replaced: a page that answers 404 has something to say, and may hold what was typed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.DEBUG and _is_technical(response) and not request.path.startswith("/admin/"):
            return render(request, "404.html", status=404)
        return response


def _is_technical(response: HttpResponse) -> bool:
    """Our pages have another class; a bare answer of a view has no such title."""
    return type(response) is HttpResponseNotFound and b"<title>Page not found at " in response.content
