"""How people are named and sorted, whatever user model the portal has."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pakn_portal.people.accounts import is_open
from pakn_portal.text import alphabet_key

#: Columns in which user models keep names; we sort by those that the model has, in this order.
NAME_COLUMNS: Final = ("last_name", "first_name", "full_name", "name")


def person(user: Any) -> str:
    """A user's name as staff read it, or the account's name if there is none; empty for None."""
    if user is None:
        return ""
    full_name = getattr(user, "get_full_name", str)()
    return (full_name or "").strip() or str(user.get_username())


def short_person(user: Any) -> str:
    """The last two words of a name, by which colleagues call each other: "Hải Yến" of "Trịnh Thị Hải Yến"."""
    return " ".join(person(user).split()[-2:])


def officer_name(user: Any) -> str:
    """The name of the officer of a case, with a remark if they can no longer act; empty for None."""
    name = person(user)
    if user is None or is_open(user):
        return name
    return _("%(name)s (account closed: assign the case anew)") % {"name": name}


def by_name(people: QuerySet[Any]) -> QuerySet[Any]:
    """Users sorted by their names; by account name where the model has no column for a name."""
    named = [name for name in NAME_COLUMNS if has_column(name)]
    return people.order_by(*named, get_user_model().USERNAME_FIELD, "pk")


def name_key(user: Any) -> Any:
    """The same order, by the alphabet, for a list of people that is already in memory."""
    columns = [name for name in (*NAME_COLUMNS, get_user_model().USERNAME_FIELD) if has_column(name)]
    return [alphabet_key(str(getattr(user, name) or "")) for name in columns], str(user.pk)


def has_column(name: str) -> bool:
    """Whether the portal's user model has this column, so that a query may use it."""
    try:
        return bool(get_user_model()._meta.get_field(name).concrete)
    except FieldDoesNotExist:
        return False
