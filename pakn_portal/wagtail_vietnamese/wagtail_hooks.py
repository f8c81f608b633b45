"""Words that the CMS's scripts write into the admin.

Wagtail's own catalogue for scripts reads Wagtail's translations alone, so ours (`locale/*/djangojs.po`) comes
as a second catalogue after it: Django's format is made to be loaded twice.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import get_language, override, to_locale
from django.views.decorators.cache import cache_control
from django.views.i18n import JavaScriptCatalog
from wagtail import hooks

import pakn_portal

_LOCALES: Final = Path(__file__).parent / "locale"
_catalogue = JavaScriptCatalog.as_view(packages=["pakn_portal.wagtail_vietnamese"], domain="djangojs")


@cache_control(public=True, max_age=24 * 60 * 60)
def words(request: HttpRequest) -> HttpResponseBase:
    """The catalogue of `?lang=`. The same for everybody, so browsers may keep it."""
    language = request.GET.get("lang", "")
    if language not in dict(settings.LANGUAGES):
        language = settings.LANGUAGE_CODE
    with override(language):
        return _catalogue(request)


@hooks.register("register_admin_urls")
def address_of_words() -> list[URLPattern]:
    return [path("tu-ngu/", words, name="wagtail_vietnamese_words")]


@hooks.register("insert_global_admin_js")
def script() -> str:
    """Empty where there are no words."""
    language = get_language() or settings.LANGUAGE_CODE
    if not (_LOCALES / to_locale(language) / "LC_MESSAGES" / "djangojs.mo").exists():
        return ""
    query = urlencode({"lang": language, "v": pakn_portal.__version__})
    return format_html('<script src="{}?{}"></script>', reverse("wagtail_vietnamese_words"), query)
