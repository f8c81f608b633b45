"""The tracking page: open a case with its secret or a mail's link, then act as its sender."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.response import TemplateResponse

from pakn_portal.pages.links import form_url
from pakn_portal.pages.privacy import keep_private
from pakn_portal.pages.tracking import acts
from pakn_portal.pages.tracking.acts import Said
from pakn_portal.pages.tracking.ask import (
    NUMBER,
    AskedAgain,
    ask,
    carried_from,
    closed,
    typed_in,
    what_is_missing,
    what_was_wrong,
)
from pakn_portal.pages.tracking.files import sender_file
from pakn_portal.pages.tracking.result import result_context, with_names
from pakn_portal.pages.tracking.words import may_send_again, shows_content
from pakn_portal.pages.views.proof import is_proved_once
from pakn_portal.pages.views.unsent import why_unsent
from pakn_portal.pages.views.upload import upload_context
from pakn_portal.submissions import secrets
from pakn_portal.submissions.client import client_address
from pakn_portal.submissions.forms.senders import SupplementForm
from pakn_portal.submissions.models import Submission
from pakn_portal.submissions.tracking import Found, find_by_grant, find_by_mail_token, find_by_secret
from pakn_portal.submissions.uploads import Uploads

RESULT_TEMPLATE = "pakn_portal/tracking_result.html"


def serve_tracking(page: Any, request: HttpRequest) -> HttpResponseBase:
    """GET asks for number and secret; everything else is POST, so that no address ever holds a secret."""
    response = _post(page, request) if request.method == "POST" else ask(page, request)
    return keep_private(response)


def _post(page: Any, request: HttpRequest) -> HttpResponseBase:
    if request.POST.get("grant"):
        return _act(page, request)
    if unsent := why_unsent(request):
        return ask(page, request, AskedAgain([(NUMBER, unsent)], 403))
    if "token" not in request.POST and (missing := what_is_missing(request)):
        return ask(page, request, missing)
    found = _find(request)
    if found.submission is None:
        return ask(page, request, what_was_wrong(request, found))
    carried = carried_from(request)
    said = acts.resume(request, found.submission, carried.form_key, carried.uploads) if carried else Said()
    return _result(page, request, found.submission, said)


def _find(request: HttpRequest) -> Found:
    address = client_address(request)
    if "token" in request.POST:
        return find_by_mail_token(request.POST["token"], address=address)
    number, secret = typed_in(request)
    return find_by_secret(number, secret, address=address, prove=partial(is_proved_once, request))


def _act(page: Any, request: HttpRequest) -> HttpResponseBase:
    submission = find_by_grant(request.POST["grant"])
    if submission is None:
        return ask(page, request, closed(request))
    if why_unsent(request):
        return _result(page, request, submission, acts.left_unsent(request, submission))
    action = request.POST.get("action", "")
    if action == "renew":
        return JsonResponse({"grant": secrets.issue_grant(submission)})
    if action == "file" and shows_content(submission.case):
        return sender_file(submission, request.POST.get("key", ""))
    act = {"withdraw": acts.withdraw, "supplement": acts.supplement, "attach": acts.attach}.get(action)
    said = act(request, submission) if act else Said()
    return _result(page, request, submission, said)


def _result(page: Any, request: HttpRequest, submission: Submission, said: Said) -> HttpResponse:
    case = with_names(submission)
    context = {
        **page.get_context(request),
        **result_context(case, request),
        "grant": secrets.issue_grant(submission),
        "said": said,
        "errors": said.errors,
    }
    if may_send_again(case):
        context["again_url"] = form_url(submission.sender.kind, request, beside=page)
    if context["is_asked"]:
        context |= _supplement_context(said)
    elif said.left_over or said.uploads:
        context |= _left_over_context(page, request, submission, said)
    return TemplateResponse(request, RESULT_TEMPLATE, context, status=422 if said.errors else 200)


def _left_over_context(page: Any, request: HttpRequest, submission: Submission, said: Said) -> dict[str, Any]:
    """Where what was typed can still be sent, with the files that wait for it."""
    return {
        "form_url": form_url(submission.sender.kind, request, beside=page),
        "form_key": said.form_key or secrets.issue_form_key(),
        "files_left": said.uploads.kept if said.uploads else [],
    }


def _supplement_context(said: Said) -> dict[str, Any]:
    form_key = said.form_key or secrets.issue_form_key()
    uploads = said.uploads or Uploads()
    return {"form": said.form or SupplementForm(), **upload_context(form_key, uploads.kept, uploads.errors)}
