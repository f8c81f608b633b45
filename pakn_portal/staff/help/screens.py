"""What a screen is called, by the name of its address: for whoever works off what is difficult in it."""

from __future__ import annotations

import re
from typing import Any, Final

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

#: The cases, under the name that modeladmin gives their addresses.
_CASES: Final = "pakn_cases_modeladmin"
SCREENS: Final[dict[str, Any]] = {
    "wagtailadmin_home": pgettext_lazy("a screen", "First page"),
    "wagtailadmin_account": pgettext_lazy("a screen", "Account"),
    f"{_CASES}_index": gettext_lazy("Cases"),
    f"{_CASES}_results": gettext_lazy("Cases"),
    f"{_CASES}_views": gettext_lazy("Cases"),
    f"{_CASES}_inspect": pgettext_lazy("a screen", "Page of a case"),
    f"{_CASES}_contacts": pgettext_lazy("a screen", "Page of a case"),
    f"{_CASES}_intake": pgettext_lazy("a screen", "Taking in"),
    f"{_CASES}_next_intake": pgettext_lazy("a screen", "Taking in"),
    f"{_CASES}_move": pgettext_lazy("a screen", "Act on a case"),
    f"{_CASES}_read": pgettext_lazy("a screen", "Act on a case"),
    f"{_CASES}_bulk": pgettext_lazy("a screen", "Act on many cases"),
    f"{_CASES}_entry": gettext_lazy("Enter a letter or call"),
    f"{_CASES}_look": gettext_lazy("Enter a letter or call"),
    f"{_CASES}_receipt": pgettext_lazy("a screen", "Receipt of an entry"),
    f"{_CASES}_letter": pgettext_lazy("a screen", "Letter of a case"),
    f"{_CASES}_past_letter": pgettext_lazy("a screen", "Letter of a case"),
    "pakn_mails_modeladmin_index": gettext_lazy("Mails that did not leave"),
    "pakn_notices_modeladmin_index": gettext_lazy("Senders to be told"),
    "pakn_notices_modeladmin_inspect": gettext_lazy("Tell the sender"),
    "pakn_notices_modeladmin_letters": gettext_lazy("Letters to senders"),
    "pakn_notices_modeladmin_told": gettext_lazy("Just marked as sent"),
    "pakn_board": gettext_lazy("Overview"),
    "pakn_audit": gettext_lazy("Watch over the register"),
    "pakn_audit_lines": pgettext_lazy("of all cases", "Lines of the register"),
    "pakn_confirm": gettext_lazy("To confirm for the Legal Department"),
    "pakn_replaced_bases": gettext_lazy("Answers to look at again"),
    "pakn_letter_template_preview": pgettext_lazy("a screen", "Preview of a letter template"),
    "pakn_help": gettext_lazy("Guides"),
    "pakn_guide": gettext_lazy("Guides"),
    "pakn_report_difficulty": gettext_lazy("Report a difficulty"),
    "pakn_difficulties": gettext_lazy("Difficulties"),
}
#: Screens of the CMS, by how their names begin.
_OF_THE_CMS: Final[tuple[tuple[str, Any], ...]] = (
    ("wagtailusers_users", pgettext_lazy("a screen", "Accounts")),
    ("wagtailusers_groups", pgettext_lazy("a screen", "Groups")),
    ("wagtailadmin_pages", pgettext_lazy("a screen", "Pages")),
    ("wagtailadmin_explore", pgettext_lazy("a screen", "Pages")),
    ("wagtailadmin_reports", pgettext_lazy("a screen", "Reports")),
    ("wagtailimages", pgettext_lazy("a screen", "Images")),
    ("wagtaildocs", pgettext_lazy("a screen", "Documents")),
)
_LIST: Final = re.compile(r"wagtailsnippets_(?P<app>[a-z_]+)_(?P<model>[a-z]+):")


def title_of(name: str) -> str:
    """Of the name of an address; of one that nobody called anything it says that, with the name."""
    if name in SCREENS:
        return str(SCREENS[name])
    if found := _LIST.match(name):
        try:
            model = apps.get_model(found["app"], found["model"])
        except LookupError:
            return _another(name)
        return capfirst(str(model._meta.verbose_name_plural))
    return next((str(title) for begins, title in _OF_THE_CMS if name.startswith(begins)), _another(name))


def _another(name: str) -> str:
    return _("Another screen (%(name)s)") % {"name": name} if name else ""
