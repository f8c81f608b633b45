"""What colleagues reported as difficult, for the Ministry Office and the Information Centre to work off."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import transaction

from example_site.demo import content
from example_site.demo.ministry import opened_at
from pakn_portal import __version__
from pakn_portal.staff.help.models import Difficulty


@transaction.atomic
def report_difficulties() -> int:
    """Those that are missing; returns how many were made."""
    users, made = {user.get_username(): user for user in get_user_model().objects.all()}, 0
    for row in content.difficulties():
        if Difficulty.objects.filter(words=row["words"]).exists():
            continue
        at = opened_at() - timedelta(days=row["days"])
        is_done = "remedy" in row
        Difficulty.objects.create(
            words=row["words"],
            screen=row["screen"],
            version=__version__,
            reported_by=users[row["by"]],
            reported_at=at,
            remedy=row.get("remedy", ""),
            dealt_with_by=users["vanphong"] if is_done else None,
            dealt_with_at=at + timedelta(days=1) if is_done else None,
        )
        made += 1
    return made
