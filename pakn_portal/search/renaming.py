"""Tells the editor who renames a unit or sector what happens to the answers with that name."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages

from pakn_portal.search.names import entries_behind


def register_hooks() -> None:
    """Called once by `wagtail_hooks`."""
    hooks.register("after_edit_snippet", tell_editor)


def tell_editor(request: HttpRequest, instance: Any) -> None:
    """Called after the edit of any snippet, a portal's own unit model included; ignores other lists."""
    count = entries_behind(instance)
    if count:
        messages.info(request, _sentence(count) % {"count": count, "name": str(instance)})


def _sentence(count: int) -> str:
    found = ngettext(
        "In a few minutes, search finds %(count)d published answer under the name “%(name)s”.",
        "In a few minutes, search finds %(count)d published answers under the name “%(name)s”.",
        count,
    )
    how = _("The old name will not find them any more; to keep it, add it to the synonyms.")
    return f"{found} {how}"
