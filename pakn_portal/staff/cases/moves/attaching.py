"""Files that go with what is written in a form of staff. They pass the checks of senders' files and wait
under the form's key, so that neither a refusal nor a reload loses them; a kept draft keeps
them with its words.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.translation import gettext as _

from pakn_portal import clock
from pakn_portal.conf import portal_settings
from pakn_portal.staff.cases.moves.forms import AttachingForm
from pakn_portal.staff.drafts.keeping import KEPT_FOR
from pakn_portal.staff.drafts.posted import ATTACH
from pakn_portal.staff.drafts.state_secret import is_of_paper, on_paper
from pakn_portal.submissions import secrets
from pakn_portal.submissions.files import accept_attribute, type_list
from pakn_portal.submissions.files.sizes import file_size
from pakn_portal.submissions.models import StoredFile
from pakn_portal.submissions.tray import keep_uploads, waiting_uploads
from pakn_portal.submissions.uploads import Uploads, refuse_uploads, take_uploads


@dataclass
class Attached:
    """What the form shows of its files."""

    form_key: str
    dropped: list[str] = field(default_factory=list)
    kept: list[StoredFile] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    is_told: bool = False

    @property
    def most(self) -> int:
        return int(portal_settings.ATTACHMENT_MAX_COUNT)

    @property
    def limit(self) -> int:
        return int(portal_settings.ATTACHMENT_MAX_BYTES)

    @property
    def types(self) -> str:
        return type_list()

    @property
    def accept(self) -> str:
        return accept_attribute()

    def values(self) -> dict[str, str]:
        """Of the form's hidden fields."""
        return {"form_key": self.form_key, "dropped": " ".join(self.dropped)}


def take(request: HttpRequest, form: AttachingForm, *, place: str, is_look: bool) -> Attached:
    """The files that were sent with the form, and those that waited; they go on waiting as long as a draft.
    `place`: which form it is. `is_look`: a script asks meanwhile, and nothing is taken or removed.
    """
    posted = request.POST
    files = [] if is_look else request.FILES.getlist("attachments")
    removed = [] if is_look else posted.getlist("remove_file")
    saved = form.saved_files()
    dropped = dict.fromkeys([*posted.get("dropped", "").split(), *removed])
    if not secrets.is_form_key(posted.get("form_key", "")):
        uploads, form_key = refuse_uploads(files), secrets.issue_form_key()
    else:
        form_key = still_valid(posted["form_key"])
        address = f"staff-{request.user.pk}"
        uploads = take_uploads(files, form_key=form_key, address=address, remove=removed, is_staff=True)
        if not is_look and uploads.kept:
            keep_uploads(form_key, place=place, until=clock.now() + KEPT_FOR)
            uploads = Uploads(errors=[on_paper()]) if is_of_paper(place, form_key) else uploads
    own = [file for file in saved if file.key in dropped]
    return _attached(form_key, saved, [file.key for file in own], uploads, is_told=ATTACH in posted)


def waiting(form: AttachingForm) -> Attached:
    """For a form that is shown: fresh, or with kept words."""
    form_key = _first_value(form, "form_key")
    form_key = still_valid(form_key) if secrets.is_form_key(form_key) else secrets.issue_form_key()
    dropped = _first_value(form, "dropped").split()
    return _attached(form_key, form.saved_files(), dropped, Uploads(kept=waiting_uploads(form_key)))


def _first_value(form: AttachingForm, name: str) -> str:
    """Not by `form[name]`: that keeps the value it saw first, and the page would carry no key."""
    return str(form.get_initial_for_field(form.fields[name], name) or "")


def still_valid(form_key: str) -> str:
    """This key, or a new one where nothing waits for it any more."""
    try:
        secrets.check_form_key(form_key, max_age=KEPT_FOR)
    except secrets.FormKeyError:
        return secrets.issue_form_key()
    return form_key


def _attached(
    form_key: str,
    saved: list[StoredFile],
    dropped: list[str],
    uploads: Uploads,
    *,
    is_told: bool = False,
) -> Attached:
    kept = [*(file for file in saved if file.key not in dropped), *uploads.kept]
    return Attached(form_key, dropped, kept, [*uploads.errors, *_too_much(kept, saved)], is_told)


def _too_much(kept: list[StoredFile], saved: list[StoredFile]) -> list[str]:
    """Of what waits alone the tray has asked already."""
    if not saved:
        return []
    most, bytes_at_most = portal_settings.ATTACHMENT_MAX_COUNT, portal_settings.ATTACHMENTS_MAX_TOTAL_BYTES
    if len(kept) > most:
        return [_("At most %(count)s files can go with it. Remove some.") % {"count": most}]
    if sum(file.size for file in kept) > bytes_at_most:
        return [_("All files together may have at most %(limit)s.") % {"limit": file_size(bytes_at_most)}]
    return []
