"""The table behind `limits`: the uses that still count, changed by one process at a time.

It is a table and not a cache: a cache may evict early, and not every cache increments without losses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Final, NamedTuple

from asgiref.local import Local
from django.core.signals import request_finished, request_started
from django.db import connections, router, transaction

from pakn_portal import clock
from pakn_portal.submissions.models import LimitCount

#: Beyond this number the older half is merged in pairs, so that no row grows without bound.
MOST_USES: Final = 600

#: What this thread's request counted inside a transaction that is still open.
_request = Local()


class Use(NamedTuple):
    """One use, or several merged. `at` is in milliseconds since 1970."""

    at: int
    amount: int
    #: Two uses with the same mark count once.
    mark: str = ""


Change = Callable[[list[Use], int], list[Use] | None]


class NoRoom(Exception):
    """Raised by a change that must not be made."""


class KeyedChange(NamedTuple):
    """`alter(uses, now)` of the uses that count within the last `seconds`; None from it leaves them."""

    key: str
    seconds: int
    alter: Change


def read(key: str, seconds: int) -> list[Use]:
    """The uses that count now, oldest first."""
    return read_all({key: seconds})[key]


def read_all(seconds: dict[str, int]) -> dict[str, list[Use]]:
    """Like `read` for several keys, each with its window in seconds; one query."""
    stored = dict(LimitCount.objects.filter(key__in=seconds).values_list("key", "uses"))
    return {key: _still_counting(stored.get(key, []), window, _now()) for key, window in seconds.items()}


def change(key: str, seconds: int, alter: Change) -> list[Use] | None:
    """Replace the uses that count now by `alter(uses, now)`; returns them, None where they stay."""
    return change_all([KeyedChange(key, seconds, alter)])[0]


def change_all(changes: Sequence[KeyedChange]) -> list[list[Use] | None]:
    """Like `change`, one after the other, in three statements however many they are. Raises NoRoom when one
    of them does, and then nothing is changed.

    The rows stay locked until the transaction ends, so that each change sees the one before it.
    """
    # raised inside, it would undo the caller's transaction too
    with transaction.atomic(using=database(), savepoint=False):
        try:
            results, uses = _altered(changes, _lock(changes))
        except NoRoom as error:
            refused = error
        else:
            _store(uses)
            return results
    raise refused


def _altered(
    changes: Sequence[KeyedChange], stored: dict[str, list[list[object]]]
) -> tuple[list[list[Use] | None], dict[str, list[Use]]]:
    """What each change made, and the uses of each key that was changed."""
    results, uses, now = [], dict[str, list[Use]](), _now()
    for key, seconds, alter in changes:
        current = uses[key] if key in uses else _still_counting(stored[key], seconds, now)
        changed = alter(current, now)
        if changed is not None:
            uses[key] = changed
        results.append(changed)
    return results, uses


def _lock(changes: Sequence[KeyedChange]) -> dict[str, list[list[object]]]:
    """The rows as stored, by key; locked in one order, so that no two requests wait for each other."""
    now, seconds = clock.now(), {key: seconds for key, seconds, _alter in changes}
    rows = LimitCount.objects.using(database())
    # a write comes first, to lock on SQLite too; and the worker may have deleted a row
    rows.bulk_create(
        [
            LimitCount(key=key, uses=[], ends_at=now + timedelta(seconds=seconds[key]))
            for key in sorted(seconds)
        ],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["ends_at"],
    )
    return dict(rows.filter(key__in=seconds).values_list("key", "uses"))


def _store(uses: dict[str, list[Use]]) -> None:
    """The rows exist and are locked."""
    LimitCount.objects.using(database()).bulk_create(
        [LimitCount(key=key, uses=_shortened(uses[key]), ends_at=clock.now()) for key in sorted(uses)],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["uses"],
    )


def sweep() -> int:
    """Delete rows that no longer count; returns how many. Safe to run twice at once."""
    return LimitCount.objects.filter(ends_at__lt=clock.now()).delete()[0]


def database() -> str:
    """The alias of the database in which the counts are stored."""
    return router.db_for_write(LimitCount)


def _now() -> int:
    return int(clock.now().timestamp() * 1000)


def _still_counting(stored: list[list[object]], seconds: int, now: int) -> list[Use]:
    """After the clock was set back by more than the window, uses from the future are ignored."""
    uses = (Use(*use) for use in stored)  # type: ignore[arg-type]
    return [use for use in uses if abs(now - use.at) < seconds * 1000]


def _shortened(uses: list[Use]) -> list[Use]:
    """A pair counts from its later moment, so that it never expires early."""
    if len(uses) <= MOST_USES:
        return uses
    half = len(uses) // 4 * 2
    older, newer = uses[:half], uses[half:]
    pairs = zip(older[::2], older[1::2], strict=True)
    return [Use(later.at, earlier.amount + later.amount) for earlier, later in pairs] + newer


# --- counts survive a rollback


def keep_through_rollback(again: Callable[[], object]) -> None:
    """Call `again` at the end of the request if a rollback undid what was counted: where a request is one
    transaction (ATOMIC_REQUESTS), an error rolls the counts back too.
    """
    pending = _pending()
    if pending is None or not connections[database()].in_atomic_block:
        return
    pending.append(again)
    transaction.on_commit(partial(pending.remove, again), using=database())


def connect() -> None:
    request_started.connect(_begin, dispatch_uid="pakn_portal.counting_begins")
    request_finished.connect(_finish, dispatch_uid="pakn_portal.counting_ends")


def _pending() -> list[Callable[[], object]] | None:
    """None if this thread serves no request."""
    return getattr(_request, "pending", None)


def _begin(**kwargs: object) -> None:
    _request.pending = []


def _finish(**kwargs: object) -> None:
    lost, _request.pending = _pending() or [], None
    # a transaction that is still open (in a test) may yet commit them
    if not lost or connections[database()].in_atomic_block:
        return
    for again in lost:
        again()
    connections[database()].close_if_unusable_or_obsolete()
