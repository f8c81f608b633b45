"""The mails that list many cases: the list as lines, which the ministry's own words name as one variable."""

from __future__ import annotations

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pakn_portal.notifications.petition.days import groups_of


def listed(context: dict[str, Any]) -> str:
    """The cases of a digest under what each kind needs, or the numbers of duplicates; empty for others."""
    groups = [_lines(group) for group in groups_of(context)]
    numbers = "\n".join(f"- {number}" for number in context.get("numbers", []))
    more = _("and %(more)s more") % {"more": context["more"]} if context.get("more") else ""
    return "\n\n".join(filter(None, [*groups, numbers, more]))


def _lines(group: dict[str, Any]) -> str:
    rows = [f"- {row['number']}: {row['due_on']}" for row in group["cases"]]
    return "\n".join([capfirst(str(group["label"])), *rows])
