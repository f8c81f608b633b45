"""Files of cases, of senders and of colleagues, to those of the staff with the right to them. Never under a
public address.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_GET

from pakn_portal.cases.enums import Right
from pakn_portal.cases.models import Case, CaseFile
from pakn_portal.cases.rights import rights_to
from pakn_portal.pages.privacy import keep_private
from pakn_portal.pages.tracking.files import available_file, download, file_response
from pakn_portal.people.scope import scope_of
from pakn_portal.submissions.files import FileRefused, copy_for_public
from pakn_portal.submissions.models import Attachment, StoredFile

#: In the address of a file: the copy that would become public of it.
COPY: Final = "copy"
#: Who reads attachments (docs/reference/rights.md). The auditor reads the register, not the files.
READERS = frozenset(
    {Right.INTAKE, Right.OFFICER, Right.FOCAL, Right.HEAD, Right.SUPPORT, Right.PUBLISHER, Right.LEADER}
)


@require_GET
def staff_file(request: HttpRequest, key: str) -> HttpResponseBase:
    """A file of a case to a member of staff. 404 for whoever may not know that it exists."""
    file = available_file(Attachment, key=key, submission__isnull=False) or available_file(CaseFile, key=key)
    case = _case_of(file, request.user) if file is not None else None
    if file is None or case is None or not _may_read(request.user, case):
        raise Http404
    if COPY in request.GET and isinstance(file, CaseFile):
        return _copy_of(file)
    return file_response(file, is_cleaned=True)


def _copy_of(file: CaseFile) -> HttpResponseBase:
    """As everybody would get it, for who is to decide on that; why not, where no copy can be made."""
    try:
        with file.file.open("rb") as stored:
            content = copy_for_public(stored, file.content_type).content
    except FileNotFoundError as error:
        raise Http404 from error
    except FileRefused as refusal:
        return keep_private(HttpResponse(str(refusal), status=409, content_type="text/plain; charset=utf-8"))
    return download(BytesIO(content), file)


def _case_of(file: StoredFile, user: Any) -> Case | None:
    """If this person may know of it."""
    which = {"pk": file.case_id} if isinstance(file, CaseFile) else {"submission__attachments": file.pk}
    found: Case | None = Case.objects.visible_to(user).filter(**which).first()
    return found


def _may_read(user: Any, case: Case) -> bool:
    rights = rights_to(scope_of(user), case)
    return bool(rights & READERS) or (case.is_sealed and Right.INSPECTOR in rights)
