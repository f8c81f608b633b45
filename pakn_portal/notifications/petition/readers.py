"""What a colleague may still read when a mail leaves: the case may have been locked, sealed or given to
somebody else since the mail was written.
"""

from __future__ import annotations

from typing import Any

from pakn_portal.cases.enums import SEALED
from pakn_portal.cases.models import Case
from pakn_portal.cases.querysets import CaseQuerySet
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.petition.rules import DIGEST, DUPLICATES, NOT_AWAITED, RECALLED
from pakn_portal.notifications.rule_sets import NotTheirs
from pakn_portal.people.scope import scope_of


def leave_out_hidden(case: Case | None, mail: OutgoingMail) -> None:
    """At most two queries beside those of their scope."""
    visible = Case.objects.visible_to(mail.to_user)
    if mail.template == DIGEST:
        seen = visible.filter(number__in=_numbers(mail)).values_list("number", flat=True)
        mail.context = _only(mail.context, set(seen))
    elif mail.template == DUPLICATES:
        _name_what_is_open(mail, visible)
    elif case is not None and not visible.filter(pk=case.pk).exists():
        _pass_only_end(case, mail)


def _pass_only_end(case: Case, mail: OutgoingMail) -> None:
    """Two mails tell something to people who cannot open the case. Raises NotTheirs for every other."""
    is_sealed = Case.objects.filter(pk=case.pk, status__in=SEALED).exists()
    if mail.template not in (NOT_AWAITED, RECALLED) or not scope_of(mail.to_user).is_staff or is_sealed:
        raise NotTheirs


def _name_what_is_open(mail: OutgoingMail, visible: CaseQuerySet) -> None:
    """It is about the duplicates, whoever may see what they are joined to. Raises NotTheirs."""
    of, numbers = mail.context["of"], mail.context["numbers"]
    seen = set(visible.filter(number__in=[of, *numbers]).values_list("number", flat=True))
    left = [number for number in numbers if number in seen]
    if not left:
        raise NotTheirs
    if of not in seen:
        of, mail.case = "", None
    mail.context = {**mail.context, "of": of, "numbers": left}


def _numbers(mail: OutgoingMail) -> list[str]:
    return [row["number"] for row in mail.context.get("cases", [])]


def _only(context: dict[str, Any], numbers: set[str]) -> dict[str, Any]:
    rows = [row for row in context.get("cases", []) if row["number"] in numbers]
    if not rows:
        raise NotTheirs
    return {**context, "cases": rows}
