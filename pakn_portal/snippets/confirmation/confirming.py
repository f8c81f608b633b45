"""The Legal Department's word on rows of the lists: given to what was seen, kept with who and when."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.log_actions import LogActionRegistry, log

from pakn_portal import clock, permissions
from pakn_portal.snippets.confirmation.confirmable import Confirmable

CONFIRM: Final = "pakn_portal.confirm"
WITHDRAW: Final = "pakn_portal.withdraw_confirmation"


class ChangedMeanwhile(Exception):
    """The rows are not those that were shown."""


class CannotConfirm(Exception):
    """A row has an obstacle; the sentence says which."""


def may_confirm(user: Any) -> bool:
    return bool(user and user.has_perm(permissions.CONFIRM))


def shown_as(rows: Sequence[Confirmable]) -> str:
    """What a screen showed of these rows, to come back with the confirmation."""
    told = sorted(f"{row.pk}:{row.fingerprint}" for row in rows)
    return sha256("\n".join(told).encode()).hexdigest()


@transaction.atomic
def confirm(rows: QuerySet[Any], *, seen: str, by: Any) -> None:
    """Confirm these rows as `seen`. Logged for each, with who and when.

    Raises PermissionDenied, ChangedMeanwhile where a row was changed, added or removed since, and
    CannotConfirm.
    """
    found = _locked(rows, by)
    if not found or shown_as(found) != seen:
        raise ChangedMeanwhile
    if obstacle := next(filter(None, (row.obstacle for row in found)), ""):
        raise CannotConfirm(obstacle)
    for row in found:
        _write(row, is_verified=True, verified_as=row.fingerprint, verified_by=by, verified_at=clock.now())
        log(row, CONFIRM, user=by)


@transaction.atomic
def revoke(rows: QuerySet[Any], *, by: Any) -> None:
    """Take a confirmation back. Logged for each that had one. Raises PermissionDenied."""
    for row in _locked(rows, by):
        if row.is_verified:
            _write(row, is_verified=False, verified_as="", verified_by=None, verified_at=None)
            log(row, WITHDRAW, user=by)


def _locked(rows: QuerySet[Any], by: Any) -> list[Any]:
    if not may_confirm(by):
        raise PermissionDenied
    return list(rows.select_for_update().order_by("pk"))


def _write(row: Any, **values: Any) -> None:
    """Past `save`: nothing is changed that a deadline, a form or the archive would have to follow."""
    type(row)._base_manager.filter(pk=row.pk).update(**values)


def register_actions(actions: LogActionRegistry) -> None:
    """Hook `register_log_actions`."""
    actions.register_action(
        CONFIRM, pgettext_lazy("for the Legal Department", "Confirm"), _("Confirmed for the Legal Department")
    )
    actions.register_action(WITHDRAW, _("Take the confirmation back"), _("Confirmation taken back"))
