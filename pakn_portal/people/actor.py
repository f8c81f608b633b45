"""The types of whoever acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

if TYPE_CHECKING:
    from django.contrib.auth.models import User

#: A signed-in account of the portal.
Account: TypeAlias = "User"
#: Who acts: an account, or None for the system itself. The name is that of Django's own user model, with
#: which mypy runs; of a portal's own model we ask only what Wagtail asks.
Actor: TypeAlias = "User | None"


def account_of(request: HttpRequest) -> Account:
    """Who sent the request. Raises PermissionDenied for a visitor, whom the CMS sends to sign in before."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user
