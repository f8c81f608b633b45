"""A form that was sent before: its receipt, or what was changed since, in the form that is shown again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from pakn_portal import clock
from pakn_portal.pages.forms.attempt import TRAP, Attempt, refuse
from pakn_portal.pages.forms.receipt import receipt_context, receipt_response
from pakn_portal.pages.forms.sent_before import sent_before
from pakn_portal.pages.views.proof import captcha_context
from pakn_portal.pages.views.upload import upload_context
from pakn_portal.submissions import limits
from pakn_portal.submissions.actions import Accepted, repeat_of
from pakn_portal.submissions.client import client_address
from pakn_portal.submissions.forms.repeats import is_of_same_sender, keep_for_another, says_the_same
from pakn_portal.submissions.forms.senders import SubmissionForm, form_class_for
from pakn_portal.submissions.limits import Claim, take_all
from pakn_portal.submissions.models import Submission
from pakn_portal.submissions.tray import drop_uploads

#: Ticked by who wants the same words to be a case of their own.
MEANT_AGAIN = "meant_again"


def find_sent_before(attempt: Attempt, request: HttpRequest) -> None:
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


def answer_again(page: Any, request: HttpRequest, earlier: Submission, form_key: str) -> HttpResponse:
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
    return show(page, request, attempt)


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
    refuse(attempt, claim, message)
    return show(page, request, attempt)


def show(page: Any, request: HttpRequest, attempt: Attempt) -> HttpResponse:
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
