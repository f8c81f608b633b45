"""Files from senders, to those of the staff with the right to them. Never under a public address."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_GET

from pakn_portal.cases.enums import Right
from pakn_portal.cases.models import Case
from pakn_portal.cases.rights import rights_to
from pakn_portal.pages.tracking.files import available_file, file_response
from pakn_portal.people.scope import scope_of

#: Who reads attachments (docs/reference/rights.md). The auditor reads the register, not the files.
READERS = frozenset(
    {Right.INTAKE, Right.OFFICER, Right.FOCAL, Right.HEAD, Right.SUPPORT, Right.PUBLISHER, Right.LEADER}
)


@require_GET
def staff_file(request: HttpRequest, key: str) -> HttpResponseBase:
    """A file of a case to a member of staff. 404 for whoever may not know that it exists."""
    attachment = available_file(key=key, submission__isnull=False)
    case = Case.objects.visible_to(request.user).filter(submission=attachment.submission_id).first()
    if case is None or not _may_read(request.user, case):
        raise Http404
    return file_response(attachment, is_cleaned=True)


def _may_read(user: Any, case: Case) -> bool:
    rights = rights_to(scope_of(user), case)
    return bool(rights & READERS) or (case.is_sealed and Right.INSPECTOR in rights)
