"""One try to send a form: what stands in its way, and the sending itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from django.http import HttpRequest
from django.utils.translation import gettext as _

from pakn_portal.cases.intake import TakenIn, take_in
from pakn_portal.conf import portal_settings
from pakn_portal.deadlines.calendar import Calendar
from pakn_portal.deadlines.rules import NoRule, current_calendar
from pakn_portal.error_reports import quiet_logger
from pakn_portal.pages.views.proof import ANCHOR as CAPTCHA
from pakn_portal.pages.views.proof import look_at_proof
from pakn_portal.submissions import limits, secrets
from pakn_portal.submissions.actions import Accepted
from pakn_portal.submissions.forms.repeats import hash_of_words
from pakn_portal.submissions.forms.senders import SubmissionForm
from pakn_portal.submissions.limits import Claim, give_back_all, take_all, wait_in_words
from pakn_portal.submissions.models import Attachment

logger = quiet_logger(__name__)

#: A field people do not see; programs that fill in everything give themselves away.
TRAP = "website"


@dataclass
class Attempt:
    """One look at the form: what was typed, the files that wait, and what stands in the way of sending."""

    form: SubmissionForm
    form_key: str
    files: list[Attachment] = field(default_factory=list)
    file_errors: list[str] = field(default_factory=list)
    #: (anchor, sentence) of what concerns no single field.
    obstacles: list[tuple[str, str]] = field(default_factory=list)
    status: int = 200
    #: Only a file was added or removed, or nothing was sent at all: no field is complained about yet.
    is_draft: bool = False
    #: The weaker proof, for people without JavaScript.
    is_plain: bool = False
    #: A guess at the sum that was right, and still counts as wrong.
    right_guess: list[Claim] = field(default_factory=list)
    #: Seconds until a limit that is used up has room again.
    wait: int = 0
    #: What this form made when it was sent before, in other words.
    earlier: Accepted | None = None
    #: Whoever sends it now names the sender of then: more than the number is theirs to read.
    is_same_sender: bool = False
    #: The very same words came before, through another form.
    asks_whether_meant: bool = False

    @cached_property
    def calendar(self) -> Calendar:
        """For the dates of the case and for the words of its receipt."""
        return current_calendar()

    @property
    def may_be_sent(self) -> bool:
        return not (self.is_draft or self.file_errors or self.obstacles or self.form.errors)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Everything wrong, in the order of the page, for the summary: (anchor, sentence)."""
        files = [("files", error) for error in self.file_errors]
        if self.is_draft:
            return [*files, *self.obstacles]
        before, after = self.form.names_around_files()
        return [*self._errors_of(before), *files, *self._errors_of(after), *self.obstacles]

    def _errors_of(self, names: list[str]) -> list[tuple[str, str]]:
        return [
            (self.form[name].id_for_label or f"{self.form[name].auto_id}_0", str(error))
            for name in names
            for error in self.form.errors.get(name, [])
        ]


def find_obstacles(attempt: Attempt, request: HttpRequest, address: str) -> None:
    """Limits first, then what tells programs from people; at most one, so that the summary stays readable."""
    if used_up := limits.first_used_up(claims_of(attempt, address)):
        _too_many(attempt, used_up)
    elif request.POST.get(TRAP):
        attempt.obstacles.append((f"id_{TRAP}", _("Leave the field “Website” empty: it catches programs.")))
    else:
        _check_proof(attempt, request, address)
        _check_time(attempt)


def _check_time(attempt: Attempt) -> None:
    """Only where nothing else is wrong: who has something to mend looks over it anyway."""
    shortest = timedelta(seconds=portal_settings.FORM_MIN_SECONDS)
    if not attempt.errors and secrets.is_too_fast(attempt.form_key, at_least=shortest):
        attempt.obstacles.append(
            ("send", _("That was very quick. Look over what you wrote, then send it again."))
        )


def _check_proof(attempt: Attempt, request: HttpRequest, address: str) -> None:
    proof, refused = look_at_proof(request, attempt.form_key, right=attempt.right_guess)
    attempt.is_plain = proof.is_plain
    if refused:
        message = _("The sum was wrong too often. What you wrote stays on this page: try again in %(wait)s.")
        refuse(attempt, refused, message)
    elif not proof.holds:
        attempt.obstacles.append((CAPTCHA, proof.message))
    elif proof.is_plain and (used_up := limits.first_used_up(claims_of(attempt, address))):
        _too_many(attempt, used_up)


def claims_of(attempt: Attempt, address: str) -> list[Claim]:
    """What sending uses up. The same form sent twice at once is one."""
    needed = [limits.SUBMIT_HOUR, limits.SUBMIT_DAY]
    if attempt.is_plain:
        needed.append(limits.SUBMIT_PLAIN_HOUR)
    return [Claim(limit, address, mark=attempt.form_key) for limit in needed]


def _too_many(attempt: Attempt, claim: Claim) -> None:
    message = _(
        "Many submissions came from your connection in a short time, so we cannot take this one now. What "
        "you wrote and the files stay on this page: send it again in %(wait)s, or telephone or write to the "
        "Ministry Office."
    )
    refuse(attempt, claim, message)


def refuse(attempt: Attempt, claim: Claim, message: str) -> None:
    attempt.status, attempt.wait = 429, max(claim.seconds_to_wait, 1)
    attempt.obstacles.append(("send", message % {"wait": wait_in_words(attempt.wait)}))


def send(attempt: Attempt, address: str) -> TakenIn | None:
    """Submission, files, case, receipt mail: all or nothing (I1). Only what was accepted counts, so that
    mistakes and second clicks use up nothing.
    """
    claims = claims_of(attempt, address)
    if refused := take_all(claims, giving_back=attempt.right_guess):
        _too_many(attempt, refused)
        return None
    attempt.right_guess = []
    accepted = None
    try:
        accepted = take_in(
            attempt.form.to_submission(),
            form_key=attempt.form_key,
            words_hash=hash_of_words(attempt.form, attempt.form_key),
            calendar=attempt.calendar,
        )
    except NoRule:
        logger.exception("A submission could not be accepted")
        attempt.status = 503
        message = _(
            "The ministry's system cannot take it just now. Keep this page open and send it again in an hour."
        )
        attempt.obstacles.append(("send", message))
    finally:
        if accepted is None:
            give_back_all(claims)
    return accepted
