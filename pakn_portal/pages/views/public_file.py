"""Copies of an answer's files for everybody, at addresses that hold only while the answer is on the site."""

from __future__ import annotations

import logging
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from pakn_portal.answers.models import PublicFile
from pakn_portal.cases.enums import Status
from pakn_portal.cases.files import is_as_stored
from pakn_portal.pages.tracking.files import file_response

logger = logging.getLogger(__name__)


@require_safe
def public_file(request: HttpRequest, key: str) -> HttpResponseBase:
    """404 once the answer is off the site, or behind a restriction. Whoever keeps it asks anew each time."""
    file = _found(key)
    if file is None:
        raise Http404
    if not is_as_stored(file):
        logger.error("Public file %s is not the copy that was released; it is not handed out.", file.pk)
        raise Http404
    response = file_response(file)
    response["Cache-Control"] = "no-cache"
    return response


def _found(key: str) -> PublicFile | None:
    # PostgreSQL fails on a NUL instead of finding nothing
    which: dict[str, Any] = {"key": key if key.isprintable() else "", "text__case__status": Status.PUBLISHED}
    found = PublicFile.objects.select_related("text__page").filter(text__page__live=True, **which).first()
    if found is None or found.text.page.get_view_restrictions().exists():
        return None
    return found
