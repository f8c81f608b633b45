"""`handler400`: a request that Django refuses before any view has seen it, for it holds too much.

More files, fields or text than `DATA_UPLOAD_MAX_…` allow end before the token is looked at. Nothing of it was
read, so nothing can be put back; but whoever wrote it is told so in their language, and how to go on.
"""

from __future__ import annotations

import logging
from typing import Final

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.defaults import bad_request

from pakn_portal.conf import portal_settings
from pakn_portal.languages import speaking
from pakn_portal.pages.privacy import keep_private
from pakn_portal.pages.section.language import other_language

logger = logging.getLogger(__name__)

TEMPLATE: Final = "pakn_portal/too_much.html"
_TOO_MUCH: Final = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
#: as Django answers it without us
STATUS: Final = 400


def too_much_sent(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page with Django's status and the way back; Django's own for every other bad request."""
    if not isinstance(exception, _TOO_MUCH):
        return bad_request(request, exception)
    return keep_private(_page(request, exception))


def _page(request: HttpRequest, exception: Exception) -> HttpResponse:
    language = other_language() or translation.get_language() or settings.LANGUAGE_CODE
    context = {
        "pakn_base_template": portal_settings.BASE_TEMPLATE,
        "pakn_ministry": portal_settings.MINISTRY_NAME,
        "is_files": isinstance(exception, TooManyFilesSent),
        "file_count": portal_settings.ATTACHMENT_MAX_COUNT,
        "address": request.get_full_path(),
        "pakn_language": language,
    }
    try:
        return render(request, TEMPLATE, context, status=STATUS)
    except Exception:  # a portal's base template may need what only its pages have
        logger.exception("The page that tells of too much could not be drawn")
        with speaking(language):
            sentence = _(
                "This was more than can be taken at once, so nothing was sent. Go back and send less."
            )
        return HttpResponse(sentence, status=STATUS)
