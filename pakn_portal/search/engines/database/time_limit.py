"""Breaks off a statement that takes longer than a reader waits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Final

from django.db import OperationalError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from pakn_portal.search.engines.errors import TooBroad

#: PostgreSQL's state of a statement that was cancelled.
_CANCELLED: Final = "57014"
#: SQLite looks at the clock after so many steps: every few milliseconds.
_STEPS: Final = 100_000


@contextmanager
def postgresql_limit(connection: BaseDatabaseWrapper, seconds: float) -> Iterator[None]:
    """Raises TooBroad when a statement in the block takes longer; a transaction around it stays usable.

    After a failure the savepoint rolls the limit back. After success it is reset by name, because the
    transaction around may be that of the whole request.
    """
    limit = f"SET LOCAL statement_timeout = {max(1, round(seconds * 1000))}"
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute(limit)
            yield
            cursor.execute("SET LOCAL statement_timeout TO DEFAULT")
    except OperationalError as error:
        cause = error.__cause__
        if _CANCELLED in (getattr(cause, "sqlstate", None), getattr(cause, "pgcode", None)):
            raise TooBroad from error
        raise


@contextmanager
def sqlite_limit(connection: BaseDatabaseWrapper, seconds: float) -> Iterator[None]:
    """The same, over all statements of the block. No transaction, which on SQLite would block writers."""
    connection.ensure_connection()
    end = monotonic() + seconds
    connection.connection.set_progress_handler(lambda: monotonic() > end, _STEPS)
    try:
        yield
    except OperationalError as error:
        if str(error) == "interrupted":
            raise TooBroad from error
        raise
    finally:
        connection.connection.set_progress_handler(None, 0)
