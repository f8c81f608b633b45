"""Says what is wrong with a telephone number or e-mail address, so that the sender can correct it."""

from __future__ import annotations

import re
from typing import Final

from django.utils.translation import gettext as _

#: The digits of a number with its 0: a landline has an area code, all others are mobile.
_LANDLINE_FIGURES: Final = 11
_MOBILE_FIGURES: Final = 10


def wrong_phone(number: str, *, is_optional: bool) -> str:
    """`number` comes from `text.read_phone`, without its extension."""
    figures = "".join(filter(str.isdecimal, number))
    if not figures:
        return _none_of(_("There are no figures here."), is_optional=is_optional)
    if re.sub(r"^\+", "", number) != figures:
        return _("Beside the figures something else stands here. Leave the number alone.")
    right = _LANDLINE_FIGURES if figures.startswith("02") else _MOBILE_FIGURES
    if number.startswith("0") and len(figures) > right:
        message = _("This has %(count)s figures; such a telephone number has %(right)s.")
        return message % {"count": len(figures), "right": right}
    if number.startswith("0") and len(figures) == right:
        return _("No telephone number begins with %(start)s. Look at it once more.") % {"start": figures[:3]}
    return _(
        "This telephone number does not seem complete. Write it as 0912 345 678; from abroad with + first."
    )


def wrong_email(address: str, *, is_optional: bool) -> str:
    """`address` comes from `text.read_email`. Empty if nothing more precise than
    "not complete" can be said.
    """
    words = [word for word in re.split(r"[\s,;|/]+", address) if "@" in word]
    if len(words) > 1:
        return _("Two e-mail addresses stand here. Leave one; the other can stand in your text.")
    if not words:
        return _none_of(_("There is no @ here."), is_optional=is_optional)
    if address.count("@") > 1:
        return _("An e-mail address has one @; here is more than one.")
    if marked := re.search(r"[^\x00-\x7f]", address.rpartition("@")[0]):
        message = _("An e-mail address is written without marks; here stands “%(letter)s”.")
        return message % {"letter": marked[0]}
    if re.search(r"\s", address):
        return _("An e-mail address has no blanks. Write it in one.")
    return ""


def _none_of(what: str, *, is_optional: bool) -> str:
    none = _("If you have none, leave this empty.")
    return f"{what} {none}" if is_optional else what
