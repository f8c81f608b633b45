"""Words that the CMS's scripts write into the admin.

Wagtail's own catalogue for scripts reads Wagtail's translations alone, so ours (`locale/*/djangojs.po`) come
as a script after it, which adds to what is there. `python -m scripts.words_of_wagtail --write` makes it anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import get_language, to_locale
from wagtail import hooks

_SCRIPTS: Final = Path(__file__).parent / "static"


@hooks.register("insert_global_admin_js")
def script() -> str:
    """Empty where there are no words."""
    locale = to_locale(get_language() or settings.LANGUAGE_CODE)
    name = f"wagtail_vietnamese/words.{locale}.js"
    return format_html('<script src="{}"></script>', static(name)) if (_SCRIPTS / name).exists() else ""
