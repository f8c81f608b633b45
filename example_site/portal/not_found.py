"""The ministry's own page for an address that leads nowhere, also while `DEBUG` is on, as in the demo."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class OwnNotFound:
    """Django shows developers a page of its own, in English, with the addresses of the whole site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if (
            settings.DEBUG
            and response.status_code == 404
            and is_page
            and not request.path.startswith("/admin/")
        ):
            return render(request, "404.html", status=404)
        return response
