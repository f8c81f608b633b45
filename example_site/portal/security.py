"""A strict Content-Security-Policy on the public pages, to show that the section lives with one."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICY = "; ".join(
    [
        "default-src 'self'",
        "worker-src 'self' blob:",  # the captcha computes in a worker that it builds itself
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    ]
)


class ContentSecurityPolicy:
    """Wagtail's admin still has a few inline scripts, so the policy leaves `/admin/` out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith("/admin/") and response.status_code < 500:
            response.headers.setdefault("Content-Security-Policy", POLICY)
        return response
