"""A form page: show it, take what is sent, lose nothing, answer with the receipt."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from pakn_portal import clock
from pakn_portal.cases.intake import TakenIn, take_in
from pakn_portal.cases.models import Case
from pakn_portal.conf import portal_settings
from pakn_portal.deadlines.rules import NoRule
from pakn_portal.error_reports import quiet_logger
from pakn_portal.pages.privacy import keep_private
from pakn_portal.pages.views.proof import ANCHOR as CAPTCHA
from pakn_portal.pages.views.proof import captcha_context, look_at_proof
from pakn_portal.pages.views.receipt import receipt_context, receipt_response
from pakn_portal.pages.views.sent_before import remember_sent, sent_before
from pakn_portal.pages.views.unsent import why_unsent
from pakn_portal.pages.views.upload import upload_context
from pakn_portal.submissions import limits, secrets
from pakn_portal.submissions.actions import (
    UPLOADS_WAIT,
    Accepted,
    drop_uploads,
    find_submission_of,
    repeat_of,
)
from pakn_portal.submissions.client import client_address
from pakn_portal.submissions.forms import SubmissionForm, form_class_for
from pakn_portal.submissions.limits import Claim, give_back_all, take_all, wait_in_words
from pakn_portal.submissions.models import Attachment, Submission
from pakn_portal.submissions.repeats import hash_of_words, is_of_same_sender, keep_for_another, says_the_same
from pakn_portal.submissions.uploads import Uploads, refuse_uploads, take_uploads

logger = quiet_logger(__name__)

#: A field people do not see; programs that fill in everything give themselves away.
TRAP = "website"
#: Ticked by who wants the same words to be a case of their own.
MEANT_AGAIN = "meant_again"


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
    #: Seconds until a limit that is used up has room again.
    wait: int = 0
    #: What this form made when it was sent before, in other words.
    earlier: Accepted | None = None
    #: Whoever sends it now names the sender of then: more than the number is theirs to read.
    is_same_sender: bool = False
    #: The very same words came before, through another form.
    asks_whether_meant: bool = False

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


def serve_form(page: Any, request: HttpRequest) -> HttpResponse:
    """GET shows the form; POST sends it, or shows it again with every word and good file still there."""
    response = _post(page, request) if request.method == "POST" else _get(page, request)
    return keep_private(response)


def _get(page: Any, request: HttpRequest) -> HttpResponse:
    form = form_class_for(page.sender_kind)(initial={"kind": request.GET.get("kind")})
    return _show(page, request, Attempt(form, secrets.issue_form_key()))


def _post(page: Any, request: HttpRequest) -> HttpResponse:
    # before its age is asked: a tab restored days later has long been answered
    posted_key = request.POST.get("form_key", "")
    if earlier := find_submission_of(posted_key):
        return _again(page, request, earlier, posted_key)
    form_key, late = _form_key(posted_key)
    attempt = _look(page, request, form_key, late)
    if attempt.may_be_sent and not request.POST.get(MEANT_AGAIN):
        _find_sent_before(attempt, request)
    if attempt.may_be_sent:
        accepted = _send(attempt, client_address(request))
        if accepted is not None:
            response = _answer(page, request, *accepted, form_key)
            is_new = not accepted[0].is_repeat
            return remember_sent(request, response, attempt.form, form_key) if is_new else response
    return _show(page, request, attempt)


def _find_sent_before(attempt: Attempt, request: HttpRequest) -> None:
    """The same words once more from the same browser: most went back and wondered whether it had left."""
    found = sent_before(request, attempt.form)
    if found is None:
        return
    earlier, form_key = found
    attempt.is_same_sender = True
    attempt.earlier = _earlier(attempt, earlier, form_key)
    attempt.status, attempt.asks_whether_meant = 409, True
    message = _(
        "This has arrived already: the same words were received at %(at)s and are case %(number)s, whose "
        "receipt is below. Nothing was sent a second time. If you mean to send them once more, say so at the "
        "end of the form."
    )
    at = f"{clock.local(earlier.received_at):%H:%M %d/%m/%Y}"
    attempt.obstacles.append((f"id_{MEANT_AGAIN}", message % {"at": at, "number": earlier.case.number}))


def _answer(page: Any, request: HttpRequest, accepted: Accepted, case: Case, form_key: str) -> HttpResponse:
    # the same form came twice in one moment: what this one says may be the one that was not taken
    if accepted.is_repeat:
        return _again(page, request, accepted.submission, form_key)
    return receipt_response(page, request, accepted, case)


def _again(page: Any, request: HttpRequest, earlier: Submission, form_key: str) -> HttpResponse:
    """A form that was accepted: the same receipt, and with it what was changed since and has not arrived.

    The code is for who says the same words, or names the same sender: the form's key alone may come out of a
    browser that others use.
    """
    form = form_class_for(page.sender_kind)(request.POST)
    is_unknown = not earlier.words_hash and not is_of_same_sender(earlier, form)
    if is_unknown or not says_the_same(earlier, form, form_key, request):
        return _changed(page, request, form, earlier, form_key)
    drop_uploads(form_key)
    return _receipt_again(page, request, earlier, form_key)


def _changed(
    page: Any, request: HttpRequest, form: SubmissionForm, earlier: Submission, form_key: str
) -> HttpResponse:
    """Nothing can be added to a case that asks for nothing, so it goes on as a form of its own."""
    fresh, uploads = keep_for_another(request, form_key, address=client_address(request))
    attempt = Attempt(form, fresh, uploads.kept, uploads.errors, status=409, is_draft=True)
    attempt.is_same_sender = is_of_same_sender(earlier, form)
    attempt.earlier = _earlier(attempt, earlier, form_key)
    message = _(
        "What you changed has not arrived. This form was sent before and is case %(number)s, whose receipt "
        "is below; what you wrote now and the files of now are in the form beneath it. Sent from there they "
        "become a case of their own: name %(number)s in it, so that both are read together."
    )
    attempt.obstacles.append(("send", message % {"number": earlier.case.number}))
    return _show(page, request, attempt)


def _earlier(attempt: Attempt, earlier: Submission, form_key: str) -> Accepted:
    """With its code for the same sender, but not without end: a code of before costs a slow hash."""
    if attempt.is_same_sender and not take_all([Claim(limits.RECEIPT_AGAIN_HOUR, form_key)]):
        return repeat_of(earlier, form_key)
    return Accepted(earlier, "", is_repeat=True)


def _receipt_again(page: Any, request: HttpRequest, earlier: Submission, form_key: str) -> HttpResponse:
    """Not without end, for a code of before costs a slow hash."""
    claim = Claim(limits.RECEIPT_AGAIN_HOUR, form_key)
    if not take_all([claim]):
        return receipt_response(page, request, repeat_of(earlier, form_key), earlier.case)
    attempt = Attempt(form_class_for(page.sender_kind)(request.POST), form_key)
    message = _("This form has arrived. Its receipt was shown very often; ask again in %(wait)s.")
    _refuse(attempt, claim, message)
    return _show(page, request, attempt)


def _form_key(key: str) -> tuple[str, str]:
    """The form's key, or a new one and why the old one does not do."""
    try:
        secrets.check_form_key(key, max_age=UPLOADS_WAIT)
    except secrets.FormKeyExpired:
        message = _(
            "This form was opened more than a day ago. What you wrote is still here; add "
            "the files again and send."
        )
        return secrets.issue_form_key(), message
    except secrets.FormKeyError:
        return secrets.issue_form_key(), _(
            "The form came in an unknown shape. What you wrote is still here; send it again."
        )
    return key, ""


def _look(page: Any, request: HttpRequest, form_key: str, late: str) -> Attempt:
    uploads = _uploads(request, form_key)
    attempt = Attempt(form_class_for(page.sender_kind)(request.POST), form_key, uploads.kept, uploads.errors)
    if unsent := why_unsent(request):
        attempt.is_draft = True
        attempt.obstacles.append(("send", unsent))
        return attempt
    if request.POST.get("action") == "attach":
        attempt.is_draft = True
        return attempt
    if late:
        attempt.obstacles.append(("send", late))
    else:
        _find_obstacles(attempt, request, client_address(request))
    if attempt.errors and attempt.status == 200:
        attempt.status = 422
    return attempt


def _uploads(request: HttpRequest, form_key: str) -> Uploads:
    """Files are kept for forms of ours only."""
    files = request.FILES.getlist("attachments")
    if not secrets.is_form_key(request.POST.get("form_key", "")):
        return refuse_uploads(files)
    remove = request.POST.getlist("remove_file")
    return take_uploads(files, form_key=form_key, address=client_address(request), remove=remove)


def _find_obstacles(attempt: Attempt, request: HttpRequest, address: str) -> None:
    """Limits first, then what tells programs from people; at most one, so that the summary stays readable."""
    if used_up := limits.first_used_up(_claims(attempt, address)):
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
    proof, refused = look_at_proof(request, attempt.form_key)
    attempt.is_plain = proof.is_plain
    if refused:
        message = _("The sum was wrong too often. What you wrote stays on this page: try again in %(wait)s.")
        _refuse(attempt, refused, message)
    elif not proof.holds:
        attempt.obstacles.append((CAPTCHA, proof.message))
    elif used_up := limits.first_used_up(_claims(attempt, address)):
        _too_many(attempt, used_up)


def _claims(attempt: Attempt, address: str) -> list[Claim]:
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
    _refuse(attempt, claim, message)


def _refuse(attempt: Attempt, claim: Claim, message: str) -> None:
    attempt.status, attempt.wait = 429, max(claim.seconds_to_wait, 1)
    attempt.obstacles.append(("send", message % {"wait": wait_in_words(attempt.wait)}))


def _send(attempt: Attempt, address: str) -> TakenIn | None:
    """Submission, files, case, receipt mail: all or nothing (I1). Only what was accepted counts, so that
    mistakes and second clicks use up nothing.
    """
    claims = _claims(attempt, address)
    if refused := take_all(claims):
        _too_many(attempt, refused)
        return None
    accepted = None
    try:
        accepted = take_in(
            attempt.form.to_submission(),
            form_key=attempt.form_key,
            words_hash=hash_of_words(attempt.form, attempt.form_key),
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


def _show(page: Any, request: HttpRequest, attempt: Attempt) -> HttpResponse:
    context = page.get_context(request)
    if attempt.is_draft:
        attempt.form.errors.clear()  # what is not filled in yet is no error beside its field either
    context |= {
        "form": attempt.form,
        "attempt": attempt,
        "errors": attempt.errors,
        **upload_context(attempt.form_key, attempt.files, attempt.file_errors),
        "trap": TRAP,
        "meant_again": MEANT_AGAIN if attempt.asks_whether_meant else "",
        **captcha_context(attempt.form_key, attempt.errors),
    }
    if attempt.earlier:
        context |= {"earlier": True, **receipt_context(attempt.earlier)}
    response = TemplateResponse(request, page.get_template(request), context, status=attempt.status)
    if attempt.wait:
        response["Retry-After"] = str(attempt.wait)
    return response
