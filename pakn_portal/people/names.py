"""How people are named and sorted, whatever user model the portal has."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pakn_portal.conf import portal_settings
from pakn_portal.people.accounts import is_open
from pakn_portal.text import alphabet_key

#: Columns in which Django's user model keeps the two parts of a name.
_PARTS: Final = ("last_name", "first_name")


def name_columns() -> list[str]:
    """Columns in which user models keep names; we sort by those that the model has, in this order. A
    Vietnamese list goes by the given name.
    """
    return [*reversed(_family_first()), "full_name", "name"]


def _family_first() -> tuple[str, ...]:
    return _PARTS if portal_settings.FAMILY_NAME_FIELD != "first_name" else _PARTS[::-1]


def person(user: Any) -> str:
    """A user's name as staff read it, or the account's name if there is none; empty for None."""
    if user is None:
        return ""
    return _full_name(user).strip() or str(user.get_username())


def _full_name(user: Any) -> str:
    """The family name first, where the model has no word of its own on it: Django's own puts it last."""
    from django.contrib.auth.models import AbstractUser  # inside: apps not loaded yet

    own = getattr(user.__class__, "get_full_name", None)  # not `type`: of a request it is a stand-in
    if own is AbstractUser.get_full_name:
        return " ".join(filter(None, (str(getattr(user, name)).strip() for name in _family_first())))
    return (user.get_full_name() or "") if own else ""


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
    named = [name for name in name_columns() if has_column(name)]
    return people.order_by(*named, get_user_model().USERNAME_FIELD, "pk")


def name_key(user: Any) -> Any:
    """The same order, by the alphabet, for a list of people that is already in memory."""
    columns = [name for name in (*name_columns(), get_user_model().USERNAME_FIELD) if has_column(name)]
    return [alphabet_key(str(getattr(user, name) or "")) for name in columns], str(user.pk)


def has_column(name: str) -> bool:
    """Whether the portal's user model has this column, so that a query may use it."""
    try:
        return bool(get_user_model()._meta.get_field(name).concrete)
    except FieldDoesNotExist:
        return False
