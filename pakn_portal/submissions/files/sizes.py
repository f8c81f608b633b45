"""File sizes in readable units."""

from __future__ import annotations

import re
from typing import Final

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

_SMALLEST: Final = 1024


def file_size(count: int | None) -> str:
    """20 MB, not 20.0 MB; a few bytes are “less than 1 KB”."""
    count = count or 0
    if count < _SMALLEST:
        return _("less than 1 KB")
    return re.sub(r"[.,]0(?!\d)", "", filesizeformat(count))
