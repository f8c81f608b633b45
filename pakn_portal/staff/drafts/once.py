"""One opened form is carried out once."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from pakn_portal.staff.drafts.keeping import KEPT_FOR
from pakn_portal.staff.drafts.posted import ONCE, kept_key, posted_words
from pakn_portal.submissions.limits import counting

_SALT: Final = "pakn_portal.kept_draft"


class AlreadySent(Exception):
    """This very form was carried out before; `str(error)` is for the person."""

    def __init__(self) -> None:
        super().__init__(_("This was done already and was not done once more."))


def send_once(request: HttpRequest, place: str) -> None:
    """Note that this form is carried out with these words; first in the transaction that does it, so that of
    two at once the second waits, and what is refused can be sent again. Raises AlreadySent.

    The version tells most acts that are sent twice, but not those that change no case, such as a note.
    """
    form = request.POST.get(ONCE, "")[:32] or kept_key(request.POST)
    if not form:
        return
    who = salted_hmac(_SALT, f"{request.user.pk}/{place}/{form}/{posted_words(request)}", algorithm="sha256")
    sent = counting.change(
        who.hexdigest()[:32],
        int(KEPT_FOR.total_seconds()),
        lambda uses, now: None if uses else [counting.Use(now, 1)],
    )
    if sent is None:
        raise AlreadySent
