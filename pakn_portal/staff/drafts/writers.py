"""The hidden field of a form of staff that says for whom it was opened, at which address, and when.

It outlives the session, so it is worth little by itself: it keeps words at the address of its form alone, as
long as a kept draft, and while the account is open.
"""

from __future__ import annotations

from typing import Any, Final

from django.core import signing
from django.http import HttpRequest, QueryDict

from pakn_portal.people.accounts import open_accounts
from pakn_portal.staff.drafts.keeping import KEPT_FOR
from pakn_portal.staff.drafts.posted import WRITER

_SALT: Final = "pakn_portal.form_of"


def writer_of(request: HttpRequest, *, url: str = "") -> str:
    """The value of the field. `url`: where the form is sent to, if not to the address of its page."""
    path = url.partition("?")[0] or request.path
    return signing.dumps([str(request.user.pk), path], salt=_SALT)


def opened_by(given: QueryDict) -> str:
    """The key of the account that opened the form, however long ago; empty where the field is not ours."""
    try:
        who, _path = signing.loads(given.get(WRITER, ""), salt=_SALT)
    except signing.BadSignature:
        return ""
    return str(who)


def account_at(request: HttpRequest) -> Any | None:
    """The open account that opened the form at this address, not too long ago; else None."""
    try:
        who, path = signing.loads(request.POST.get(WRITER, ""), salt=_SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return None
    return open_accounts().filter(pk=who).first() if path == request.path else None
