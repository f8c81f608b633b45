"""Words of the screens that are no `FormView`: lists of the CMS, confirmations, letters, reports.

`kept_words` keeps them like the others where the session has ended; the screen they were typed in is drawn
with them after the log-in. A screen takes part by `{% pakn_writer %}` in its form and by reading what
`left_words` gives it.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from pakn_portal.snippets.viewsets.left_words import LEFT
from pakn_portal.staff.drafts.posted import WRITER
from pakn_portal.staff.kept_words import keep, signed_in_again, take_words


def keep_or_give_back(request: HttpRequest, view: Any, kwargs: dict[str, Any]) -> None:
    """Before any view of the CMS is called; the forms of a `FormAddress` do it themselves."""
    if getattr(view, "keeps_words", False):
        return
    if request.method == "POST":
        if request.user.is_anonymous and WRITER in request.POST:
            keep(request, str(kwargs.get("instance_pk", "")))
    elif not request.user.is_anonymous and (words := take_words(request)) is not None:
        setattr(request, LEFT, words)
        messages.info(request, signed_in_again())
