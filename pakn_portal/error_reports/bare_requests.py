"""A request as a report may show it: its method, path and headers, but none of its values."""

from __future__ import annotations

from typing import Any, Final, cast

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

#: Replaces a value.
STARS: Final = "********************"
#: Headers and variables that identify nobody. A network address does, so it is not here.
_META: Final = frozenset(
    {
        "CONTENT_LENGTH",
        "HTTP_ACCEPT",
        "HTTP_ACCEPT_LANGUAGE",
        "HTTP_HOST",
        "HTTP_USER_AGENT",
        "PATH_INFO",
        "REQUEST_METHOD",
        "SCRIPT_NAME",
        "SERVER_NAME",
        "SERVER_PORT",
        "SERVER_PROTOCOL",
        "wsgi.url_scheme",
    }
)
_LONGEST_NAME: Final = 40


class BareRequest(HttpRequest):
    """Stands in for a request in a report. Keeps the names of fields if they look like names."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__()
        self.method = request.method
        self.path, self.path_info = request.path, request.path_info
        self.resolver_match = request.resolver_match
        self.content_type = getattr(request, "content_type", None)
        self.META = {name: value for name, value in request.META.items() if name in _META}
        if request.META.get("REMOTE_ADDR") in settings.INTERNAL_IPS:
            self.META["REMOTE_ADDR"] = request.META["REMOTE_ADDR"]
        self.GET = _names_only(request, "GET")  # type: ignore[assignment]
        self.POST = _names_only(request, "_post")  # type: ignore[assignment]
        files: Any = {name: [STARS] for name in _names(request, "_files")}
        self.FILES = MultiValueDict(files)
        self.COOKIES = dict.fromkeys(_names(request, "COOKIES"), STARS)
        self._body = b""
        self._keep_user(request)

    def _keep_user(self, request: HttpRequest) -> None:
        """The staff account, if it is already loaded: a report runs no query."""
        user = getattr(request, "_cached_user", None)
        if user is not None:
            self.user = cast(Any, _Named(user.get_username() or "AnonymousUser"))


class _Named:
    def __init__(self, name: str) -> None:
        self.name = name

    def __str__(self) -> str:
        return self.name


def bare_request(request: HttpRequest) -> HttpRequest:
    return request if isinstance(request, BareRequest) else BareRequest(request)


def _names_only(request: HttpRequest, where: str) -> QueryDict:
    bare = QueryDict(mutable=True)
    for name in _names(request, where):
        bare[name] = STARS
    return bare


def _names(request: HttpRequest, where: str) -> list[str]:
    """Field names that look like ours: a name may come from the sender as well as from the page.

    What has not been read is not read for a report, and a query string may be unreadable.
    """
    try:
        return [name for name in getattr(request, where, ()) if _is_name(str(name))]
    except Exception:
        return []


def _is_name(name: str) -> bool:
    return name.isascii() and name.isidentifier() and name.islower() and len(name) <= _LONGEST_NAME
