"""Asking for case number and tracking code. What was typed stays in its field, and what waits to be added to
the case comes along.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from pakn_portal.pages.tracking.acts import uploads_of
from pakn_portal.pages.views.proof import ANCHOR as CAPTCHA
from pakn_portal.pages.views.proof import captcha_context
from pakn_portal.submissions import secrets
from pakn_portal.submissions.actions import find_supplement_of
from pakn_portal.submissions.forms.repeats import says_the_same
from pakn_portal.submissions.forms.senders import SupplementForm
from pakn_portal.submissions.limits import wait_in_words
from pakn_portal.submissions.tracking import Found
from pakn_portal.submissions.tray import UPLOADS_WAIT, waiting_uploads
from pakn_portal.submissions.uploads import Uploads, refuse_uploads

Errors = list[tuple[str, str]]
NUMBER, SECRET = "id_number", "id_secret"


@dataclass
class Carried:
    """An addition whose page had closed. Its key goes through this page under a name of its own, for the
    proof that may be asked here has a form key too.
    """

    content: str
    form_key: str
    uploads: Uploads


@dataclass
class AskedAgain:
    """Why it is asked again."""

    errors: Errors = field(default_factory=list)
    status: int = 200
    #: The addition that came has long arrived: nothing is carried on.
    has_arrived: bool = False
    #: Both are marked, for neither is known to be the wrong one.
    is_pair: bool = False
    found: Found = field(default_factory=Found)


def ask(page: Any, request: HttpRequest, asked: AskedAgain | None = None) -> HttpResponse:
    asked = asked or AskedAgain()
    number = request.POST.get("number", "") or request.GET.get("number", "")
    context = {
        **page.get_context(request),
        "errors": asked.errors,
        "number_errors": [told for anchor, told in asked.errors if anchor == NUMBER],
        "secret_errors": [told for anchor, told in asked.errors if anchor == SECRET],
        "is_pair_wrong": asked.is_pair,
        "number": number[: secrets.LONGEST_TYPED],
        "secret": request.POST.get("secret", "")[: secrets.LONGEST_TYPED],
        "token": request.POST.get("token", "")[: secrets.LONGEST_INPUT],
        "example": secrets.example_number(),
        "has_arrived": asked.has_arrived,
        "carried": None if asked.has_arrived else carried_from(request),
    }
    if asked.found.needs_proof:
        form_key = secrets.issue_form_key()
        context |= {"form_key": form_key, **captcha_context(form_key, asked.errors)}
    response = TemplateResponse(request, page.get_template(request), context, status=asked.status)
    if asked.found.wait:
        response["Retry-After"] = str(asked.found.wait)
    return response


def closed(request: HttpRequest) -> AskedAgain:
    """The half hour of the case's page is over. A tab restored much later has often been answered."""
    if secrets.was_granted(request.POST["grant"]) and _has_arrived(request):
        return AskedAgain(has_arrived=True)
    message = _("For your safety this view closes after half an hour. Type number and code once more.")
    return AskedAgain([(NUMBER, message)], 403)


def _has_arrived(request: HttpRequest) -> bool:
    form_key = request.POST.get("form_key", "")
    earlier = find_supplement_of(form_key)
    return earlier is not None and says_the_same(earlier, SupplementForm(request.POST), form_key, request)


def typed_in(request: HttpRequest) -> tuple[str, str]:
    """Number and code, wherever they were pasted."""
    return secrets.number_and_secret_in(request.POST.get("number", ""), request.POST.get("secret", ""))


def what_is_missing(request: HttpRequest) -> AskedAgain | None:
    """Said for each field before anything is looked up."""
    number, secret = typed_in(request)
    errors = [
        *([] if number.strip() else [(NUMBER, _("Write the case number."))]),
        *([] if secret.strip() else [(SECRET, _("Write the tracking code."))]),
    ]
    return AskedAgain(errors, 422) if errors else None


def what_was_wrong(request: HttpRequest, found: Found) -> AskedAgain:
    """Of what has the right shape the same words, whatever was wrong (H45)."""
    if found.wait:
        message = _("There were too many tries. Wait %(wait)s, then try again; what you typed is still here.")
        return AskedAgain([(NUMBER, message % {"wait": wait_in_words(found.wait)})], 429, found=found)
    if found.needs_proof:
        message = _(
            "Many wrong codes were tried for this number, perhaps by somebody else. Show that you are a "
            "person, then send it once more; what you typed is still here."
        )
        return AskedAgain([(CAPTCHA, message)], 403, found=found)
    if "token" in request.POST:
        message = _("This link is not valid any more. Use the case number and the tracking code.")
        return AskedAgain([(NUMBER, message)], 404)
    if errors := _misshapen(request):
        return AskedAgain(errors, 404)
    message = _("No case has this number together with this code. Look at your receipt and type both again.")
    return AskedAgain([(NUMBER, message)], 404, is_pair=True)


def _misshapen(request: HttpRequest) -> Errors:
    """What can be seen without knowing any case."""
    errors: Errors = []
    number, secret = typed_in(request)
    if secrets.has_two_numbers(number):
        errors.append((NUMBER, _("Two different case numbers stand here. Leave the one you want to see.")))
    elif not secrets.looks_like_number(number):
        message = _("This does not look like a case number, such as %(example)s. Look at your receipt.")
        errors.append((NUMBER, message % {"example": secrets.example_number()}))
    count = len(secrets.normalize_secret(secret))
    if count not in secrets.SECRET_LENGTHS:
        message = _("The tracking code has %(right)s letters and figures; here are %(count)s.")
        errors.append((SECRET, message % {"right": secrets.SECRET_LENGTH, "count": count}))
    return errors


def carried_from(request: HttpRequest) -> Carried | None:
    """The addition that came with an act too late, or with the number and code that were asked for then."""
    content = request.POST.get("content", "")
    if "words_key" in request.POST:
        key = request.POST["words_key"]
        if not _is_fresh(key):
            return Carried(content, secrets.issue_form_key(), Uploads())
        return Carried(content, key, Uploads(kept=waiting_uploads(key)))
    if "content" not in request.POST:
        return None
    if granted := secrets.read_grant(request.POST.get("grant", ""), max_age=None):
        return Carried(content, *uploads_of(request, granted[0]))
    return Carried(content, secrets.issue_form_key(), refuse_uploads(request.FILES.getlist("attachments")))


def _is_fresh(key: str) -> bool:
    try:
        secrets.check_form_key(key, max_age=UPLOADS_WAIT)
    except secrets.FormKeyError:
        return False
    return True
