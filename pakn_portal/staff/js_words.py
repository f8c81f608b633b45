"""Words that the CMS's scripts write into the admin and that Wagtail has no Vietnamese for.

Wagtail's own catalogue for scripts reads Wagtail's translations alone, so ours (`locale/*/djangojs.po`) comes
as a second catalogue after it: Django's format is made to be loaded twice. `cms_words` does the same for
templates.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import get_language, override, to_locale
from django.views.decorators.cache import cache_control
from django.views.i18n import JavaScriptCatalog

import pakn_portal
from pakn_portal.languages import addressing

_LOCALES: Final = Path(pakn_portal.__file__).parent / "locale"
_catalogue = JavaScriptCatalog.as_view(packages=["pakn_portal"], domain="djangojs")


@cache_control(public=True, max_age=24 * 60 * 60)
def words(request: HttpRequest) -> HttpResponseBase:
    """The catalogue of `?lang=`. The same for everybody, so browsers may keep it."""
    language = request.GET.get("lang", "")
    if language not in dict(settings.LANGUAGES):
        language = settings.LANGUAGE_CODE
    with override(language):
        return _catalogue(request)


def script() -> str:
    """For `insert_global_admin_js`: empty where there are no words, or where no one mounted our addresses."""
    language = get_language() or settings.LANGUAGE_CODE
    if not (_LOCALES / to_locale(language) / "LC_MESSAGES" / "djangojs.mo").exists():
        return ""
    try:
        with addressing():
            address = reverse("pakn_portal:admin_words")
    except NoReverseMatch:
        return ""
    query = urlencode({"lang": language, "v": pakn_portal.__version__})
    return format_html('<script src="{}?{}"></script>', address, query)
