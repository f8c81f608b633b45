"""A site whose database fails at the worst moment, and everything that its reports of it hold."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import django
from django.core import mail
from django.db import connection
from django.http import HttpRequest
from django.utils.log import AdminEmailHandler
from django.views.debug import ExceptionReporter

#: In every value that is typed in these tests.
CANARY = "Kanarienvogel"
#: A telephone number cannot hold letters.
CANARY_PHONE = "0987123654"


def admins() -> Any:
    """`settings.ADMINS`, which Django 6 wants as plain addresses."""
    return ["admin@bo.example"] if django.VERSION >= (6, 0) else [("Admin", "admin@bo.example")]


class TalkativeReporter(ExceptionReporter):
    """An installer's own, which tells all that it gets hold of and asks no filter."""

    def get_traceback_text(self) -> str:
        request = self.request
        told = [super().get_traceback_text(), repr(self.exc_value), repr(vars(self.exc_value or object))]
        if request is not None:
            told += [repr(request.GET), repr(request.POST), repr(request.FILES), repr(request.COOKIES)]
            told += [repr(request.META), repr(request.body), repr(vars(request))]
        frame = self.tb
        while frame is not None:
            told.append(repr(frame.tb_frame.f_locals))
            frame = frame.tb_next
        return "\n".join(told)


class Listener(logging.Handler):
    """What a log file, and a service that collects errors, would get of each record."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(logging.Formatter().format(record))
        request = getattr(record, "request", None)
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(request, HttpRequest):
            reporter = TalkativeReporter(request, *(record.exc_info or (None, None, None)))
            self.told += [reporter.get_traceback_html(), reporter.get_traceback_text()]
        if error is not None:
            self.told.append(repr([error, error.__cause__, error.__context__, error.args]))


class Watch:
    def __init__(self, listener: Listener) -> None:
        self.listener = listener

    @property
    def everything(self) -> str:
        mails = [f"{m.subject}\n{m.body}\n{getattr(m, 'alternatives', '')}" for m in mail.outbox]
        return "\n".join([*mails, *self.listener.told])


@contextmanager
def watching() -> Iterator[Watch]:
    """Mails to ADMINS by Django's own handler, with HTML and with an installer's reporter, and a log file."""
    mail.outbox.clear()
    listener = Listener()
    path = f"{TalkativeReporter.__module__}.{TalkativeReporter.__qualname__}"
    mailing = [AdminEmailHandler(include_html=True), AdminEmailHandler(reporter_class=path)]
    handlers = [listener, *mailing]
    for handler in handlers:
        handler.setLevel(logging.ERROR)
    loggers = [logging.getLogger("django"), logging.getLogger("pakn_portal")]
    listener.setLevel(logging.WARNING)
    for logger in loggers:
        for handler in handlers:
            logger.addHandler(handler)
    try:
        yield Watch(listener)
    finally:
        for logger in loggers:
            for handler in handlers:
                logger.removeHandler(handler)


@contextmanager
def failing_database(on: str = "INSERT", *, nth: int = 1) -> Iterator[list[str]]:
    """The database refuses the nth statement that begins like this, and then recovers."""
    seen: list[str] = []

    def refuse(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(on):
            seen.append(sql)
            if len(seen) == nth:
                return execute("SELECT no_such_column FROM pakn_portal_case", None, False, context)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield seen


def holds_nothing(watch: Watch, *more: str) -> None:
    """Told, with the place of the error; and nothing beside it."""
    everything = watch.everything
    assert "no_such_column" in everything
    for word in (CANARY, CANARY.lower(), CANARY_PHONE, CANARY_PHONE[1:], *more):
        assert word not in everything, everything[everything.index(word) - 300 : everything.index(word) + 80]
