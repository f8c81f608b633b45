"""Mails that did not leave, told without an address: what it was, to whom by role, why, and "try again"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pakn_portal import clock, permissions
from pakn_portal.cases.models import Case
from pakn_portal.notifications.enums import MailState
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.outbox.sending import NOT_AS_WRITTEN, NOT_THEIRS, RECEIPT_LIMIT
from pakn_portal.notifications.querysets import OutgoingMailQuerySet
from pakn_portal.notifications.rule_sets import mail_set_of
from pakn_portal.people.names import person
from pakn_portal.people.scope import Scope, scope_of
from pakn_portal.staff.addresses import case_url

_CODE = re.compile(r"\b[2-5]\d\d\b")


@dataclass(frozen=True)
class MailRow:
    mail: OutgoingMail
    #: Empty where the reader may not see the case.
    number: str
    url: str

    @property
    def subject(self) -> str:
        """What it tells of; the mail's own words would name the case."""
        mails = mail_set_of(self.mail)
        return mails.name_of(self.mail.template) if mails is not None else self.mail.template

    @property
    def recipient(self) -> str:
        """A colleague by name, so that somebody can mend the account; a sender never."""
        return person(self.mail.to_user) if self.mail.to_user else _("the sender")

    @property
    def state(self) -> str:
        return capfirst(self.mail.get_state_display())

    @property
    def is_waiting(self) -> bool:
        return self.mail.state == MailState.WAITING

    @property
    def reason(self) -> str:
        return reason_of(self.mail.last_error)

    @property
    def next_step(self) -> str:
        return next_step_of(self.mail, sees_case=bool(self.number))

    @property
    def is_permanent(self) -> bool:
        """Whether sending the same again cannot help."""
        return is_permanent(self.mail.last_error)

    @property
    def next_try_at(self) -> datetime | None:
        """None when nothing is planned, or when the time has come and no worker took it."""
        planned = self.is_waiting and self.mail.due_at > clock.now()
        return self.mail.due_at if planned else None


def reason_of(error: str) -> str:
    """`last_error` (kind and code of what went wrong) as a sentence."""
    kind, code = _kind_and_code(error)
    if not error:
        return _("No worker has taken it yet. Does pakn_worker run?")
    if kind == "NoAddress":
        return _("There is no e-mail address, or the account is closed.")
    if error == RECEIPT_LIMIT:
        return _("Too many mails of this kind to one address within a day.")
    if error == NOT_THEIRS:
        return _("The receiver may not see the case now: it was locked, sealed or given to others.")
    if error == NOT_AS_WRITTEN:
        return _("Not as the portal wrote it: somebody changed the database. Tell the webmaster.")
    if kind == "SMTPAuthenticationError":
        return _("The mail server does not let us in: name or password is wrong.")
    if code:
        return _("The mail server refused it (code %(code)s).") % {"code": code}
    if kind in _OUT_OF_REACH:
        return _("The mail server could not be reached.")
    return _("The mail could not be made or sent (%(error)s).") % {"error": kind}


def _kind_and_code(error: str) -> tuple[str, str]:
    """Of `last_error`: what went wrong, and the server's number, empty without one."""
    return error.partition(" ")[0], "".join(_CODE.findall(error)[:1])


def is_permanent(error: str) -> bool:
    """An address that is none, or that the server refused for good."""
    kind, code = _kind_and_code(error)
    return kind == "NoAddress" or (kind != "SMTPAuthenticationError" and code.startswith("5"))


def next_step_of(mail: OutgoingMail, *, sees_case: bool) -> str:
    """What whoever looks after mails does about it; empty where the reason says it, or nothing helps."""
    error = mail.last_error
    kind, code = _kind_and_code(error)
    if not error or error in (RECEIPT_LIMIT, NOT_AS_WRITTEN, NOT_THEIRS):
        return ""
    if kind == "SMTPAuthenticationError" or kind in _OUT_OF_REACH:
        return _("It is tried again by itself. Tell whoever runs the mail server if it lasts.")
    if is_permanent(error):
        if mail.to_user:
            return _("Mend the address in the account of this colleague, then try again.")
        if is_for_office(error, mail.case_id, mail.to_user_id) and not sees_case:
            return _("The Ministry Office opens the case and reaches the sender; nothing is to be done here.")
        return _(
            "The address may be wrong: open the case, reach the sender by telephone or letter, and note it "
            "there."
        )
    if code:
        return _("The server refused it for now. Try again later.")
    return _("Try again; if it fails once more, tell the webmaster.")


def is_for_office(error: str, case_id: int | None, to_user_id: Any) -> bool:
    """Whether it was refused for good to the sender of a case: whoever may open the case sees to it."""
    return bool(case_id and not to_user_id and is_permanent(error))


_OUT_OF_REACH = frozenset(
    {
        "OSError",
        "ConnectionRefusedError",
        "ConnectionResetError",
        "ConnectionAbortedError",
        "BrokenPipeError",
        "TimeoutError",
        "gaierror",
        "SMTPServerDisconnected",
        "SMTPConnectError",
    }
)


def may_look_after_mails(user: Any) -> bool:
    return bool(user and user.has_perm(permissions.MAILS))


def stuck_mails() -> OutgoingMailQuerySet:
    return OutgoingMail.objects.stuck(clock.now())


def worth_trying(mails: OutgoingMailQuerySet) -> tuple[OutgoingMailQuerySet, int]:
    """Those of them that may leave if they are tried again, and how many others there are: to an address
    that is none they fail once more, and each failure makes the server trust us less. One query.
    """
    errors = list(mails.values_list("pk", "last_error"))
    keys = [pk for pk, error in errors if not is_permanent(error) and error != NOT_AS_WRITTEN]
    return mails.filter(pk__in=keys), len(errors) - len(keys)


def count_of_stuck(scope_user: Any) -> int:
    """For the panels of the first page: those that this person can do something about."""
    return _stuck_of(scope_user)[0]


def count_for_office(scope_user: Any) -> int:
    """Those of which their row says that nothing is to be done by this person."""
    return _stuck_of(scope_user)[1]


def _stuck_of(user: Any) -> tuple[int, int]:
    """Counted once for all panels; without asking the database for whoever may not know."""
    if not hasattr(user, "_pakn_stuck_mails"):
        user._pakn_stuck_mails = _count_stuck(scope_of(user)) if may_look_after_mails(user) else (0, 0)
    own, for_office = user._pakn_stuck_mails
    return own, for_office


def _count_stuck(scope: Scope) -> tuple[int, int]:
    if scope.is_intake:
        return stuck_mails().count(), 0
    rows = list(stuck_mails().values_list("last_error", "case", "to_user"))
    cases = [case for error, case, to_user in rows if is_for_office(error, case, to_user)]
    seen = (
        set(Case.objects.within(scope).filter(pk__in=cases).values_list("pk", flat=True)) if cases else set()
    )
    for_office = sum(case not in seen for case in cases)
    return len(rows) - for_office, for_office


def rows_of(mails: list[OutgoingMail], scope: Scope) -> list[MailRow]:
    """One query more, for the numbers of those cases that this person may see."""
    visible = Case.objects.within(scope).filter(pk__in=[mail.case_id for mail in mails if mail.case_id])
    numbers = dict(visible.values_list("pk", "number"))
    return [_row(mail, numbers.get(mail.case_id or 0, "")) for mail in mails]


def _row(mail: OutgoingMail, number: str) -> MailRow:
    return MailRow(mail, number, case_url(mail.case_id) if mail.case_id and number else "")
