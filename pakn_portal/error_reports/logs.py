"""Hooks into Django's error reports: the loggers of requests, and the signal of an uncaught error."""

from __future__ import annotations

import inspect
import logging
from functools import partial
from types import TracebackType
from typing import Any, Final

from django.core import signals
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest

from pakn_portal.error_reports.bare_errors import bare_exc_info, safe_message
from pakn_portal.error_reports.bare_requests import bare_request
from pakn_portal.error_reports.reporter import keep_quiet
from pakn_portal.error_reports.titles import Untitled

_OWN: Final = "pakn_portal"
#: The packages whose views may show what senders and staff typed, whatever page they serve.
_SHARED: Final = frozenset({_OWN, "wagtail", "wagtail_modeladmin", "django"})


class Quiet(logging.Filter):
    """Passes every record; in the section's it replaces request and error by what a report may show."""

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            _make_quiet(record)
        except Exception as problem:  # a report that fails must neither break the response nor leak
            record.request = record.exc_info = record.exc_text = None
            record.msg, record.args = "An error that cannot be told (%s)", (type(problem).__name__,)
        return True


def _make_quiet(record: logging.LogRecord) -> None:
    request = getattr(record, "request", None)
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(request, HttpRequest):
        if not may_be_ours(request, error):
            return
        record.request = bare_request(request)
    if error is not None:
        _replace(record, error)


def _replace(record: logging.LogRecord, error: BaseException) -> None:
    """For some records Django makes the message from the error's."""
    said = str(error)
    if said and record.msg == said:
        is_of_host = type(error).__name__ == "DisallowedHost"
        record.msg = said if is_of_host else f"{type(error).__name__}: {safe_message(error)}"
        record.msg = record.msg.replace("%", "%%") if record.args else record.msg
    if isinstance(record.args, tuple):
        record.args = tuple(safe_message(error) if said and arg == said else arg for arg in record.args)
    record.exc_info = bare_exc_info(error)
    record.exc_text = None


def may_be_ours(request: HttpRequest, error: BaseException | None = None) -> bool:
    """Whether it may contain what senders or staff typed; not if only another app's view failed."""
    match = request.resolver_match
    if match is None:
        return True
    # Django's views and those of Django REST framework carry their class, which says whose they are
    made_of = getattr(match.func, "view_class", None) or getattr(match.func, "cls", None)
    view: Any = inspect.unwrap(made_of or match.func)
    while isinstance(view, partial):
        view = view.func
    if str(getattr(view, "__module__", _OWN)).split(".")[0] in _SHARED:
        return True
    return error is not None and _passes_through_us(error.__traceback__)


def _passes_through_us(traceback: TracebackType | None) -> bool:
    while traceback is not None:
        if str(traceback.tb_frame.f_globals.get("__name__", "")).split(".")[0] == _OWN:
            return True
        traceback = traceback.tb_next
    return False


def quiet_logger(name: str) -> logging.Logger:
    """A logger for messages that may carry an error."""
    logger = logging.getLogger(name)
    if not any(isinstance(each, Quiet) for each in logger.filters):
        logger.addFilter(Quiet())
    return logger


def connect() -> None:
    """The app's `ready` calls it once."""
    for name in ("django.request", "django.security", "django.security.csrf", *_of_suspicion()):
        quiet_logger(name)
    cms = logging.getLogger("wagtail")
    if not any(isinstance(each, Untitled) for each in cms.filters):
        cms.addFilter(Untitled())
    signals.got_request_exception.connect(_keep_quiet, dispatch_uid="pakn_portal.keep_quiet")


def _of_suspicion() -> list[str]:
    """Django gives each kind of suspicious operation its own logger."""
    kinds: list[type[Exception]] = [SuspiciousOperation]
    for kind in kinds:
        kinds += kind.__subclasses__()
    return [f"django.security.{kind.__name__}" for kind in kinds]


def _keep_quiet(*, request: Any = None, **kwargs: Any) -> None:
    if isinstance(request, HttpRequest) and may_be_ours(request):
        keep_quiet(request)
