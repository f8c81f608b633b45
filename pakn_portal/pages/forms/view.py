"""A form page: show it, take what is sent, lose nothing, answer with the receipt."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from pakn_portal.cases.intake import TakenIn
from pakn_portal.pages.forms.again import MEANT_AGAIN, answer_again, find_sent_before, show
from pakn_portal.pages.forms.attempt import Attempt, find_obstacles, send
from pakn_portal.pages.forms.check import EDIT, is_to_be_checked, show_check
from pakn_portal.pages.forms.receipt import receipt_response
from pakn_portal.pages.forms.sent_before import remember_sent
from pakn_portal.pages.privacy import keep_private
from pakn_portal.pages.views.unsent import why_unsent
from pakn_portal.submissions import secrets
from pakn_portal.submissions.actions import find_submission_of
from pakn_portal.submissions.client import client_address
from pakn_portal.submissions.forms.senders import form_class_for
from pakn_portal.submissions.limits import give_back_all
from pakn_portal.submissions.tray import UPLOADS_WAIT
from pakn_portal.submissions.uploads import Uploads, refuse_uploads, take_uploads


def serve_form(page: Any, request: HttpRequest) -> HttpResponse:
    """GET shows the form; POST sends it, or shows it again with every word and good file still there."""
    response = _post(page, request) if request.method == "POST" else _get(page, request)
    return keep_private(response)


def _get(page: Any, request: HttpRequest) -> HttpResponse:
    form = form_class_for(page.sender_kind)(initial={"kind": request.GET.get("kind")})
    return show(page, request, Attempt(form, secrets.issue_form_key()))


def _post(page: Any, request: HttpRequest) -> HttpResponse:
    # before its age is asked: a tab restored days later has long been answered
    posted_key = request.POST.get("form_key", "")
    if earlier := find_submission_of(posted_key):
        return answer_again(page, request, earlier, posted_key)
    form_key, late = _form_key(posted_key)
    attempt = _look(page, request, form_key, late)
    # a file was to be taken off while the form was being sent: say whether it has arrived
    if request.POST.getlist("remove_file") and (earlier := find_submission_of(posted_key)):
        return answer_again(page, request, earlier, posted_key)
    if attempt.may_be_sent and is_to_be_checked(request):
        give_back_all(attempt.right_guess)
        return show_check(page, request, attempt)
    if attempt.may_be_sent and not request.POST.get(MEANT_AGAIN):
        find_sent_before(attempt, request)
    if attempt.may_be_sent:
        accepted = send(attempt, client_address(request))
        if accepted is not None:
            response = _answer(page, request, accepted, attempt)
            is_new = not accepted[0].is_repeat
            return remember_sent(request, response, attempt.form, form_key) if is_new else response
    give_back_all(attempt.right_guess)
    return show(page, request, attempt)


def _answer(page: Any, request: HttpRequest, taken: TakenIn, attempt: Attempt) -> HttpResponse:
    accepted, case = taken
    # the same form came twice in one moment: what this one says may be the one that was not taken
    if accepted.is_repeat:
        return answer_again(page, request, accepted.submission, attempt.form_key)
    return receipt_response(page, request, accepted, case, attempt.calendar)


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
    if request.POST.get("action") in ("attach", EDIT):
        attempt.is_draft = True
        return attempt
    if late:
        attempt.obstacles.append(("send", late))
    else:
        find_obstacles(attempt, request, client_address(request))
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
