"""Django's exception reporter and its filter, for requests of the section."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from types import FrameType, TracebackType
from typing import Any, TypeVar, cast

from django.http import HttpRequest
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

from pakn_portal.error_reports.bare_errors import bare_exc_info
from pakn_portal.error_reports.bare_requests import BareRequest, bare_request

AnyView = TypeVar("AnyView", bound=Callable[..., Any])


class PrivateReporterFilter(SafeExceptionReporterFilter):
    """For reporters that get the real request: replaces values of fields and variables by their type.

    Active with DEBUG too: a machine on which real petitions are tried out leaks no more than any other.
    """

    hidden_settings = re.compile(
        f"{SafeExceptionReporterFilter.hidden_settings.pattern}|HOSTS|ADMINS|MANAGERS", re.I
    )

    def is_active(self, request: HttpRequest | None) -> bool:
        return True

    def get_safe_request_meta(self, request: HttpRequest) -> dict[str, Any]:
        return _bare(request).META

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, Any]:
        return _bare(request).COOKIES

    def get_post_parameters(self, request: HttpRequest | None) -> Any:
        return {} if request is None else _bare(request).POST

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: FrameType) -> Any:
        return [(name, f"<{type(value).__qualname__}>") for name, value in tb_frame.f_locals.items()]


class PrivateExceptionReporter(ExceptionReporter):
    """Shows where an error happened and which URL was requested, but nothing that was typed."""

    def __init__(
        self,
        request: HttpRequest | None,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | str | None,
        tb: TracebackType | None,
        is_email: bool = False,
    ) -> None:
        if isinstance(exc_value, BaseException):
            exc_type, exc_value, tb = bare_exc_info(exc_value)
        bare = None if request is None else bare_request(request)
        super().__init__(bare, exc_type, cast(Any, exc_value), tb, is_email)
        self.filter = PrivateReporterFilter()


def keep_quiet(request: HttpRequest) -> None:
    """Use the two classes above for every report about this request, unless the site set its own on it."""
    marks = {
        "exception_reporter_class": PrivateExceptionReporter,
        "exception_reporter_filter": PrivateReporterFilter(),
        "sensitive_post_parameters": "__ALL__",
    }
    for name, mark in marks.items():
        if not hasattr(request, name):
            setattr(request, name, mark)


def keeps_quiet(view: AnyView) -> AnyView:
    """Decorates a view so that the two classes above make its reports, also for errors in a middleware."""

    @wraps(view)
    def quiet(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        keep_quiet(request)
        return view(request, *args, **kwargs)

    return cast(AnyView, quiet)


def _bare(request: HttpRequest) -> BareRequest:
    return cast(BareRequest, bare_request(request))
