"""How one cell is read and written. Each raises ValueError with a sentence for whoever made the file."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext as _
from import_export import widgets

from pakn_portal.text import normalize
from pakn_portal.text.cells import as_text, from_text

_YES: Final = ("1", "true", "có", "yes", "x")
_NO: Final = ("0", "false", "không", "no", "")


def _plain(value: Any) -> str:
    """A cell as text; spreadsheets make numbers of what looks like one."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return from_text(normalize(str(value)).strip())


class Text(widgets.Widget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        return _plain(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return as_text("" if value is None else str(value))


class YesOrNo(widgets.Widget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool:
        text = _plain(value).lower()
        if text in _YES:
            return True
        if text in _NO:
            return False
        raise ValueError(_("“%(value)s” is neither 1 (yes) nor 0 (no).") % {"value": text})

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "1" if value else "0"


class Number(widgets.Widget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int | None:
        text = _plain(value)
        if not text:
            return None
        try:
            return int(text)
        except ValueError:
            raise ValueError(_("“%(value)s” is no whole number.") % {"value": text}) from None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value)


class DayWidget(widgets.Widget):
    """2026-02-17, or 17/02/2026 as staff write it."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> date | None:
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        text = _plain(value)
        if not text:
            return None
        for form in ("%Y-%m-%d", "%d/%m/%Y"):
            try:
                return datetime.strptime(text, form).date()
            except ValueError:
                continue
        raise ValueError(_("“%(value)s” is no day such as 17/02/2026.") % {"value": text})

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.isoformat() if value else ""


class RowOf(widgets.Widget):
    """Another row, named by one of its fields: a unit or a sector by its code, a person by the account."""

    def __init__(self, model: type[models.Model], key: str) -> None:
        super().__init__()
        self.model, self.key = model, key

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> models.Model | None:
        text = _plain(value)
        if not text:
            return None
        found = self.model._default_manager.filter(**{self.key: text}).first()
        if found is None:
            name = {"kind": self.model._meta.verbose_name, "value": text}
            raise ValueError(_("There is no %(kind)s “%(value)s”.") % name)
        return found

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else as_text(str(getattr(value, self.key)))
