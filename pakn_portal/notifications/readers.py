"""What a colleague may still read when a mail leaves: the case may have been locked, sealed or given to
somebody else since the mail was written.
"""

from __future__ import annotations

from typing import Any

from pakn_portal.cases.enums import SEALED
from pakn_portal.cases.models import Case
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.rules import DIGEST, DUPLICATES, NOT_AWAITED
from pakn_portal.people.accounts import is_open
from pakn_portal.people.scope import scope_of


class NotTheirs(Exception):
    """The colleague may see nothing of what this mail is about."""


def leave_out_hidden(mail: OutgoingMail) -> None:
    """Take from this mail to a colleague, which is not saved, what they may not see now. Raises NotTheirs
    where nothing is left. At most two queries beside those of their scope.
    """
    if not is_open(mail.to_user):
        # a sender, or somebody without an address
        return
    visible = Case.objects.visible_to(mail.to_user)
    if mail.template == DIGEST:
        seen = visible.filter(number__in=_numbers(mail)).values_list("number", flat=True)
        mail.context = _only(mail.context, set(seen))
    elif mail.case_id is not None and not visible.filter(pk=mail.case_id).exists():
        _make_do_without(mail)


def _make_do_without(mail: OutgoingMail) -> None:
    """Two mails tell something to people who cannot open the case."""
    scope = scope_of(mail.to_user)
    if mail.template == DUPLICATES and scope.is_intake:
        # it is about the duplicates, which they see
        mail.case = None
    elif mail.template != NOT_AWAITED or not scope.is_staff or _is_sealed(mail):
        raise NotTheirs


def _is_sealed(mail: OutgoingMail) -> bool:
    return Case.objects.filter(mails=mail.pk, status__in=SEALED).exists()


def _numbers(mail: OutgoingMail) -> list[str]:
    return [row["number"] for row in mail.context.get("cases", [])]


def _only(context: dict[str, Any], numbers: set[str]) -> dict[str, Any]:
    rows = [row for row in context.get("cases", []) if row["number"] in numbers]
    if not rows:
        raise NotTheirs
    return {**context, "cases": rows}
