"""What the app needs to know of an account: whether it is open, and its mail address.

Wagtail requires `is_active`, `is_superuser` and `groups` of a user model; everything else may be missing.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet


def open_accounts(people: QuerySet[Any] | None = None) -> QuerySet[Any]:
    """Those of `people`, or of all accounts, who may sign in."""
    found: QuerySet[Any] = get_user_model()._default_manager.all() if people is None else people
    return found.filter(is_active=True)


def is_open(user: Any) -> bool:
    return user is not None and bool(user.is_active)


def address(user: Any) -> str:
    """The e-mail address, from the field that the model names (`EMAIL_FIELD`); empty if there is none."""
    if user is None:
        return ""
    return str(getattr(user, email_column(), "") or "")


def email_column() -> str:
    """The name of the e-mail field. The model may lack it; a system check reports that."""
    return str(getattr(get_user_model(), "EMAIL_FIELD", "") or "email")


def is_reachable(user: Any) -> bool:
    """An open account with an address."""
    return is_open(user) and bool(address(user))


def key_of(row: Any) -> int | str:
    """A row's primary key as JSON can store it: a number stays a number, a UUID becomes text."""
    return row.pk if isinstance(row.pk, int) else str(row.pk)


def plain_key(key: Any) -> int | str | None:
    return key if key is None or isinstance(key, int) else str(key)
