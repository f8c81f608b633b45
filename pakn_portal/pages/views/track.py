"""The tracking page: open a case with its secret or a mail's link, then act as its sender."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from pakn_portal.cases.actions import supplement_case, withdraw_case
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.errors import CaseError
from pakn_portal.cases.locked import sender_may, status_for_sender
from pakn_portal.cases.models import Case
from pakn_portal.pages.privacy import keep_private
from pakn_portal.pages.public_words import public_status, shows_content
from pakn_portal.pages.views.files import sender_file
from pakn_portal.pages.views.proof import captcha_context, is_proved_once
from pakn_portal.pages.views.result import as_its_sender_knows, result_context
from pakn_portal.pages.views.upload import upload_context
from pakn_portal.submissions import secrets
from pakn_portal.submissions.actions import UPLOADS_WAIT, add_supplement, find_supplement_of
from pakn_portal.submissions.client import client_address
from pakn_portal.submissions.forms import LONGEST_CONTENT, SupplementForm
from pakn_portal.submissions.limits import wait_in_words
from pakn_portal.submissions.models import Submission
from pakn_portal.submissions.tracking import Found, find_by_grant, find_by_mail_token, find_by_secret
from pakn_portal.submissions.uploads import Uploads, refuse_uploads, take_uploads

RESULT_TEMPLATE = "pakn_portal/tracking_result.html"


@dataclass
class Said:
    """What the page says above the case, and the half-written supplement."""

    good: str = ""
    errors: list[tuple[str, str]] = field(default_factory=list)
    form: SupplementForm | None = None
    form_key: str = ""
    uploads: Uploads | None = None
    #: What was typed, and can be neither added nor tried again.
    left_over: str = ""


def serve_tracking(page: Any, request: HttpRequest) -> HttpResponseBase:
    """GET asks for number and secret; everything else is POST, so that no address ever holds a secret."""
    response = _post(page, request) if request.method == "POST" else _ask(page, request)
    return keep_private(response)


def _post(page: Any, request: HttpRequest) -> HttpResponseBase:
    if request.POST.get("grant"):
        return _act(page, request)
    found = _find(request)
    if found.submission is not None:
        return _result(page, request, found.submission, Said())
    return _ask(page, request, _wrong(request, found), found)


def _find(request: HttpRequest) -> Found:
    address = client_address(request)
    if token := request.POST.get("token", ""):
        return find_by_mail_token(token, address=address)
    number, secret = request.POST.get("number", ""), request.POST.get("secret", "")
    return find_by_secret(number, secret, address=address, prove=partial(is_proved_once, request))


def _wrong(request: HttpRequest, found: Found) -> tuple[int, list[tuple[str, str]]]:
    """The same words, whatever was wrong."""
    if found.wait:
        message = _(
            "There were too many tries. Wait %(wait)s, then try again; what you typed is still here."
        ) % {"wait": wait_in_words(found.wait)}
        return 429, [("id_number", message)]
    if found.needs_proof:
        message = _(
            "Many wrong codes were tried for this number, perhaps by somebody else. Show that you are a "
            "person, then send it once more; what you typed is still here."
        )
        return 403, [("captcha", message)]
    if request.POST.get("token"):
        return 404, [
            ("id_number", _("This link is not valid any more. Use the case number and the tracking code."))
        ]
    return 404, [
        (
            "id_number",
            _("No case has this number together with this code. Look at your receipt and type both again."),
        )
    ]


def _ask(
    page: Any,
    request: HttpRequest,
    wrong: tuple[int, list[tuple[str, str]]] | None = None,
    found: Found | None = None,
) -> HttpResponse:
    """A code that was not even looked at comes back, so that nobody types it twice."""
    found = found or Found()
    status, errors = wrong or (200, [])
    typed = request.POST.get("number", "") or request.GET.get("number", "")
    context = {**page.get_context(request), "errors": errors, "number": typed[: secrets.LONGEST_INPUT]}
    if found.wait or found.needs_proof:
        context["secret"] = request.POST.get("secret", "")[: secrets.LONGEST_INPUT]
    if found.needs_proof:
        form_key = secrets.issue_form_key()
        context |= {"form_key": form_key, **captcha_context(form_key)}
    response = TemplateResponse(request, page.get_template(request), context, status=status)
    if found.wait:
        response["Retry-After"] = str(found.wait)
    return response


def _act(page: Any, request: HttpRequest) -> HttpResponseBase:
    submission = find_by_grant(request.POST["grant"])
    if submission is None:
        message = _("For your safety this view closes after half an hour. Type number and code once more.")
        return _ask(page, request, (403, [("id_number", message)]))
    action = request.POST.get("action", "")
    if action == "file" and shows_content(submission.case):
        return sender_file(submission, request.POST.get("key", ""))
    act = {"withdraw": _withdraw, "supplement": _supplement, "attach": _attach}.get(action)
    said = act(request, submission) if act else Said()
    return _result(page, request, submission, said)


def _withdraw(request: HttpRequest, submission: Submission) -> Said:
    if not request.POST.get("sure"):
        return Said(errors=[("id_sure", _("Tick the box if you really want to withdraw."))])
    if status_for_sender(submission.case) != Status.WITHDRAWN and not _try(withdraw_case, submission):
        return Said(errors=[("case", _changed())])
    return Said(good=_("You have withdrawn your case. Thank you for telling us."))


def _attach(request: HttpRequest, submission: Submission) -> Said:
    """A file was added or removed; nothing else is looked at yet. Unasked, no file is kept."""
    if not sender_may(submission.case, Verb.SUPPLEMENT):
        return _not_asked(request, submission)
    form_key, uploads = _uploads(request)
    form = SupplementForm(initial={"content": request.POST.get("content", "")})
    return Said(
        errors=[("files", error) for error in uploads.errors], form=form, form_key=form_key, uploads=uploads
    )


def _supplement(request: HttpRequest, submission: Submission) -> Said:
    """One form adds once: sent twice, it is answered with the same words (I2)."""
    if find_supplement_of(submission, request.POST.get("form_key", "")):
        return _arrived()
    if not sender_may(submission.case, Verb.SUPPLEMENT):
        return _not_asked(request, submission)
    form_key, uploads = _uploads(request)
    form = SupplementForm(request.POST)
    errors = [(f"id_{name}", str(error)) for name in form.errors for error in form.errors[name]]
    errors += [("files", error) for error in uploads.errors]
    if errors:
        return Said(errors=errors, form=form, form_key=form_key, uploads=uploads)
    if _try(partial(_add, content=form.cleaned_data["content"], form_key=form_key), submission):
        return _arrived()
    if find_supplement_of(submission, form_key):
        return _arrived()
    if not sender_may(submission.case, Verb.SUPPLEMENT):
        return _not_asked(request, submission)
    return Said(errors=[("case", _changed())], form=form, form_key=form_key, uploads=uploads)


def _add(case: Case, *, content: str, form_key: str) -> None:
    with transaction.atomic():
        supplement = add_supplement(case.submission, content=content, form_key=form_key)
        supplement_case(case, supplement=supplement)


def _try(act: Callable[[Case], None], submission: Submission) -> bool:
    """Whether it was done. A change meanwhile, such as a lock the sender knows nothing of, is no obstacle to
    a second try; why it failed is the staff's to know (it names people and locks).
    """
    for _attempt in range(2):
        try:
            act(submission.case)
        except (CaseError, IntegrityError):
            submission.case = Case.objects.get(pk=submission.case.pk)
            submission.case.submission = submission
        else:
            return True
    return False


def _arrived() -> Said:
    return Said(good=_("What you added has arrived. Work on your case goes on."))


def _changed() -> str:
    return _(
        "Your case has changed meanwhile and stands now as written below. Try again if you still want to."
    )


def _not_asked(request: HttpRequest, submission: Submission) -> Said:
    """Nothing is kept, so what was typed comes back for the sender to copy."""
    status = public_status(as_its_sender_knows(_with_names(submission)))
    reason = _(
        "This could not be added, because the ministry is not waiting for anything from you now: the case "
        "stands at “%(status)s”. What you wrote is below; files were not kept."
    ) % {"status": status}
    return Said(errors=[("case", reason)], left_over=request.POST.get("content", "")[:LONGEST_CONTENT])


def _uploads(request: HttpRequest) -> tuple[str, Uploads]:
    form_key = request.POST.get("form_key", "")
    files, remove = request.FILES.getlist("attachments"), request.POST.getlist("remove_file")
    if not secrets.is_form_key(form_key):
        return secrets.issue_form_key(), refuse_uploads(files)
    try:
        secrets.check_form_key(form_key, max_age=UPLOADS_WAIT)
    except secrets.FormKeyError:
        form_key = secrets.issue_form_key()
    return form_key, take_uploads(files, form_key=form_key, address=client_address(request), remove=remove)


def _with_names(submission: Submission) -> Case:
    return Case.objects.with_names().select_related("master", "refusal_reason").get(pk=submission.case.pk)


def _result(page: Any, request: HttpRequest, submission: Submission, said: Said) -> HttpResponse:
    case = _with_names(submission)
    context = {
        **page.get_context(request),
        **result_context(case, request),
        "grant": secrets.issue_grant(submission),
        "said": said,
        "errors": said.errors,
    }
    if context["is_asked"]:
        context |= _supplement_context(said)
    return TemplateResponse(request, RESULT_TEMPLATE, context, status=422 if said.errors else 200)


def _supplement_context(said: Said) -> dict[str, Any]:
    form_key = said.form_key or secrets.issue_form_key()
    uploads = said.uploads or Uploads()
    return {"form": said.form or SupplementForm(), **upload_context(form_key, uploads.kept, uploads.errors)}
