"""Who acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

if TYPE_CHECKING:
    from django.contrib.auth.models import User

#: A signed-in account of the portal's.
Account: TypeAlias = "User"
#: Who does something: an account, or None for the system itself. The name is that of Django's own user model,
#: which mypy is run with; of a portal's own nothing is asked but what Wagtail asks of one.
Actor: TypeAlias = "User | None"


def account_of(request: HttpRequest) -> Account:
    """Who asks. Raises PermissionDenied for a visitor, whom the CMS has sent to sign in long before."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user
