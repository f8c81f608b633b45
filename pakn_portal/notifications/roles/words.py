"""A change of a role as a sentence, for the mail and for the CMS's log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import ModelLogEntry

from pakn_portal.conf import unit_model_name
from pakn_portal.people.names import person

ACTION: Final = "pakn_portal.role_change"
GIVEN, TAKEN, ALTERED = "given", "taken", "altered"


@dataclass(frozen=True)
class RoleChange:
    """Codes and keys only, for it is stored; `words_of` makes a sentence of it."""

    #: `user`, `group` or `unit`, and its key.
    kind: str
    key: int | str
    did: str
    #: `group`, `permission` or `user` with its key, or the code of a `field`.
    what: str
    which: int | str


def words_of(change: RoleChange) -> str:
    sentences = {
        GIVEN: _("%(whom)s: %(what)s was given"),
        TAKEN: _("%(whom)s: %(what)s was taken away"),
        ALTERED: _("%(whom)s: %(what)s was changed"),
    }
    what = str(_FIELDS[str(change.which)]) if change.what == "field" else name_of(change.what, change.which)
    whom = name_of(change.kind, change.key)
    return sentences[change.did] % {"whom": whom, "what": what}


_FIELDS: Final = {
    "is_superuser": gettext_lazy("the right to everything (administrator)"),
    "is_active": gettext_lazy("the right to sign in"),
    "password": gettext_lazy("the password"),
    "email": gettext_lazy("the e-mail address"),
    "account": gettext_lazy("the name of the account"),
    "head": gettext_lazy("the head"),
    "focal_person": gettext_lazy("the focal person"),
    "staff_group": gettext_lazy("the staff group"),
    "parent": gettext_lazy("the unit above it"),
}


def name_of(kind: str, key: int | str) -> str:
    kinds: dict[str, Any] = {"user": get_user_model(), "group": Group, "permission": Permission}
    row = kinds.get(kind, apps.get_model(unit_model_name()))._base_manager.filter(pk=key).first()
    if row is None:
        return _("(deleted since)")
    if kind == "permission":
        return _("the right “%(name)s”") % {"name": _(row.name)}
    if kind == "user":
        return f"{person(row)} ({row.get_username()})"
    return _("the group “%(name)s”") % {"name": row.name} if kind == "group" else str(row)


class RoleChanged(LogFormatter):
    label = gettext_lazy("Role changed")

    def format_message(self, log_entry: ModelLogEntry) -> str:
        try:
            return capfirst(words_of(RoleChange(**log_entry.data)))
        except (TypeError, KeyError):
            return str(self.label)


def register_action(actions: LogActionRegistry) -> None:
    """Hook `register_log_actions`."""
    actions.register_action(ACTION)(RoleChanged)
