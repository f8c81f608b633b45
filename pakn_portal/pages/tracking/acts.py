"""What the sender of a case does on its page: add what is asked, withdraw. What is typed comes back until it
has arrived.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from pakn_portal.cases.actions import withdraw_case
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.intake import add_to
from pakn_portal.cases.models import Case
from pakn_portal.cases.places import OF_SENDER, place_of
from pakn_portal.cases.state_secret import is_from_before_the_wipe, sender_may, status_for_sender
from pakn_portal.flow.errors import MoveError
from pakn_portal.pages.tracking.result import as_its_sender_knows, with_names
from pakn_portal.pages.tracking.words import public_status
from pakn_portal.pages.views.unsent import why_unsent
from pakn_portal.submissions import secrets
from pakn_portal.submissions.actions import find_supplement_of
from pakn_portal.submissions.client import client_address
from pakn_portal.submissions.forms.repeats import hash_of_words, keep_for_another, says_the_same
from pakn_portal.submissions.forms.senders import LONGEST_CONTENT, SupplementForm
from pakn_portal.submissions.models import Submission
from pakn_portal.submissions.tray import UPLOADS_WAIT, drop_uploads, keep_uploads
from pakn_portal.submissions.uploads import Uploads, refuse_uploads, take_uploads


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


def withdraw(request: HttpRequest, submission: Submission) -> Said:
    if not request.POST.get("sure"):
        return Said(errors=[("id_sure", _("Tick the box if you really want to withdraw."))])
    if status_for_sender(submission.case) != Status.WITHDRAWN and not _try(withdraw_case, submission):
        return Said(errors=[("case", _changed())])
    return Said(good=_("You have withdrawn your case. Thank you for telling us."))


def left_unsent(request: HttpRequest, submission: Submission) -> Said:
    """Nothing is done, for want of a token; the words and files are there again."""
    errors = [("case", why_unsent(request))]
    if "content" not in request.POST or not sender_may(submission.case, Verb.SUPPLEMENT):
        return Said(errors=errors, left_over=_typed(request))
    return _half_written(request, *uploads_of(request, submission.pk), errors=errors)


def resume(request: HttpRequest, submission: Submission, form_key: str, uploads: Uploads) -> Said:
    """Number and code were typed anew: what was written before is in the form again, not sent yet."""
    if again := _again(request, submission, request.POST.get("words_key", "")):
        return again
    if not sender_may(submission.case, Verb.SUPPLEMENT):
        return _not_asked(request, submission)
    said = _half_written(request, form_key, uploads, errors=[])
    said.good = _("Here is what you wrote. It is not sent yet: look it over and send it.")
    return said


def attach(request: HttpRequest, submission: Submission) -> Said:
    """A file was added or removed; nothing else is looked at yet. Unasked, no file is kept."""
    if not sender_may(submission.case, Verb.SUPPLEMENT):
        return _not_asked(request, submission)
    form_key, uploads = uploads_of(request, submission.pk)
    return _half_written(request, form_key, uploads, errors=[])


def _half_written(
    request: HttpRequest, form_key: str, uploads: Uploads, *, errors: list[tuple[str, str]]
) -> Said:
    errors = [*errors, *(("files", error) for error in uploads.errors)]
    form = SupplementForm(initial={"content": request.POST.get("content", "")})
    return Said(errors=errors, form=form, form_key=form_key, uploads=uploads)


def _typed(request: HttpRequest) -> str:
    return request.POST.get("content", "")[:LONGEST_CONTENT]


def supplement(request: HttpRequest, submission: Submission) -> Said:
    """One form adds once: sent twice, it is answered with the same words (I2)."""
    if again := _again(request, submission, request.POST.get("form_key", "")):
        return again
    if not sender_may(submission.case, Verb.SUPPLEMENT):
        return _not_asked(request, submission)
    form_key, uploads = uploads_of(request, submission.pk)
    form = SupplementForm(request.POST)
    errors = [(f"id_{name}", str(error)) for name in form.errors for error in form.errors[name]]
    errors += [("files", error) for error in uploads.errors]
    if errors:
        return Said(errors=errors, form=form, form_key=form_key, uploads=uploads)
    if _try(partial(_add, form=form, form_key=form_key), submission):
        return _arrived()
    if again := _again(request, submission, form_key):
        return again
    if not sender_may(submission.case, Verb.SUPPLEMENT):
        return _not_asked(request, submission)
    return Said(errors=[("case", _changed())], form=form, form_key=form_key, uploads=uploads)


def _again(request: HttpRequest, submission: Submission, form_key: str) -> Said | None:
    """What to say to a form that was added already; None for one that was not."""
    earlier = find_supplement_of(form_key, submission=submission)
    if earlier is None:
        return None
    if not says_the_same(earlier, SupplementForm(request.POST), form_key, request):
        return _changed_since(request, submission, form_key)
    drop_uploads(form_key)
    return _arrived()


def _changed_since(request: HttpRequest, submission: Submission, form_key: str) -> Said:
    """It goes on in a form of its own: here if the ministry asks again, else for a new submission."""
    fresh, uploads = keep_for_another(request, form_key, address=client_address(request))
    uploads = _of_case(submission.pk, fresh, uploads)
    if sender_may(submission.case, Verb.SUPPLEMENT):
        reason = _(
            "What you added first has arrived. What you changed since has not: it is in the form below, look "
            "it over and send it."
        )
        return _half_written(request, fresh, uploads, errors=[("id_content", reason)])
    reason = _(
        "What you added first has arrived. What you changed since has not, and the ministry is not waiting "
        "for anything more from you now. It is all below: send it as a new submission and name this case."
    )
    errors = [("id_left_over", reason), *(("files", error) for error in uploads.errors)]
    return Said(errors=errors, left_over=_typed(request), form_key=fresh, uploads=uploads)


def _add(case: Case, *, form: SupplementForm, form_key: str) -> None:
    words = hash_of_words(form, form_key)
    add_to(case, content=form.cleaned_data["content"], form_key=form_key, words_hash=words)


def _try(act: Callable[[Case], None], submission: Submission) -> bool:
    """Whether it was done. A change meanwhile, such as a lock the sender knows nothing of, is no obstacle to
    a second try; why it failed is the staff's to know (it names people and locks).
    """
    for _attempt in range(2):
        try:
            act(submission.case)
        except (MoveError, IntegrityError):
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
    status = public_status(as_its_sender_knows(with_names(submission)))
    reason = _(
        "This could not be added, because the ministry is not waiting for anything from you now: the case "
        "stands at “%(status)s”. What you wrote is below; files were not kept."
    ) % {"status": status}
    return Said(errors=[("case", reason)], left_over=_typed(request))


def uploads_of(request: HttpRequest, submission: int) -> tuple[str, Uploads]:
    """The key of the form that adds to this submission, and the files that wait for it."""
    form_key = request.POST.get("form_key", "")
    files, remove = request.FILES.getlist("attachments"), request.POST.getlist("remove_file")
    if not secrets.is_form_key(form_key):
        return secrets.issue_form_key(), refuse_uploads(files)
    try:
        secrets.check_form_key(form_key, max_age=UPLOADS_WAIT)
    except secrets.FormKeyError:
        form_key = secrets.issue_form_key()
    uploads = take_uploads(files, form_key=form_key, address=client_address(request), remove=remove)
    return form_key, _of_case(submission, form_key, uploads)


def _of_case(submission: int, form_key: str, uploads: Uploads) -> Uploads:
    """What waits is known as the case's, so that it goes with it where the case was, or will be, confirmed as
    a state secret.
    """
    case = Case.objects.filter(submission=submission).values_list("pk", flat=True).first()
    if not uploads.kept or case is None:
        return uploads
    with transaction.atomic():
        keep_uploads(form_key, place=place_of(case, OF_SENDER), until=None)
        if not is_from_before_the_wipe(case):
            return uploads
        drop_uploads(form_key)
    return Uploads(errors=uploads.errors)
