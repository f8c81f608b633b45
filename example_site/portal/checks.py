"""The demo accounts have their name for a password, so no real site may start with one of them."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import Error, register
from django.db import DatabaseError
from django.db.models import QuerySet

from example_site.settings.paths import EXAMPLE_DIR


@cache
def demo_names() -> list[str]:
    people = json.loads((EXAMPLE_DIR / "demo" / "content" / "people.json").read_text())
    return [person["username"] for person in people]


@register
def no_demo_accounts_in_production(app_configs: Any, **kwargs: Any) -> list[Error]:
    if settings.DEBUG:
        return []
    try:
        accounts = list(_open_accounts_named(demo_names()))
    except DatabaseError:  # before the first migrate there are no accounts at all
        return []
    open_doors = [user.get_username() for user in accounts if user.check_password(user.get_username())]
    if not open_doors:
        return []
    return [
        Error(
            f"DEBUG is off, and demo accounts still have their name for a password: {', '.join(open_doors)}.",
            hint="Delete them, deactivate them or give each its own password. On a trial set PORTAL_DEBUG=1.",
            id="portal.E001",
        )
    ]


def _open_accounts_named(names: list[str]) -> QuerySet[Any]:
    User = get_user_model()
    return User._default_manager.filter(**{f"{User.USERNAME_FIELD}__in": names}, is_active=True)
