"""An accepted form that is sent again: with the same content, or with other content that has not arrived.

People go back in their browser, change a sentence, add a file and send the page once more. One form makes one
case (I2), so nothing is stored the second time; but only those who send the same content again see the
receipt as if all had arrived.
"""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.http import HttpRequest

from pakn_portal.submissions import secrets
from pakn_portal.submissions.models import Attachment, Submission, Supplement
from pakn_portal.submissions.tray import move_uploads, waiting_uploads
from pakn_portal.submissions.uploads import Uploads, take_uploads
from pakn_portal.text import normalize

#: Fields that confirm something and add no content.
_CONFIRMED: Final = frozenset({"holds_no_secret", "secrecy_checked"})
_OF_SENDER: Final = ("full_name", "organisation", "tax_code", "address", "province", "phone", "email")


def hash_of_words(form: forms.Form, form_key: str) -> str:
    """Hash of all fields of a bound form as typed, with spaces collapsed."""
    return secrets.hash_words(form_key, _words(form))


def says_the_same(
    earlier: Submission | Supplement, form: forms.Form, form_key: str, request: HttpRequest
) -> bool:
    """Whether the form has the content that was accepted, and no file that is not stored yet.

    A file that is missing the second time is no change: browsers forget chosen files. A submission from
    before contents were hashed counts as the same.
    """
    if not earlier.words_hash:
        return True
    if not secrets.are_words_of(earlier.words_hash, form_key, _words(form)):
        return False
    files = _files_of(earlier)
    sums = {file.sha256 for file in files}
    came = [_sha256(file) for file in request.FILES.getlist("attachments")]
    came += [file.sha256 for file in waiting_uploads(form_key)]
    is_one_less = {file.key for file in files} & set(request.POST.getlist("remove_file"))
    return not is_one_less and sums.issuperset(came)


def is_of_same_sender(earlier: Submission, form: forms.Form) -> bool:
    """Whether a bound form names the sender and each of the contacts. Somebody who only has the form's key,
    from a shared browser, cannot do that.
    """
    form.full_clean()
    told = {name: form.cleaned_data.get(name, "") for name in _OF_SENDER if name in form.fields}
    sender = earlier.sender
    return bool(told) and all(_squeezed(told[name]) == _squeezed(getattr(sender, name)) for name in told)


def encrypt_with_words(form: forms.Form, form_key: str) -> str:
    """The key of an accepted form, encrypted with the form's content."""
    return secrets.encrypt_form_key(form_key, _words(form))


def decrypt_with_words(form: forms.Form, sealed: str, *, max_age: timedelta) -> str:
    """The key of the form with the same content; empty for any other."""
    return secrets.decrypt_form_key(sealed, _words(form), max_age=max_age)


def keep_for_another(
    request: HttpRequest, form_key: str, *, address: str, is_staff: bool = False
) -> tuple[str, Uploads]:
    """The key of a new form, and the files that came with the accepted form or after
    it, moved to the new one.
    """
    fresh = secrets.issue_form_key()
    move_uploads(form_key, to=fresh)
    files = request.FILES.getlist("attachments")
    return fresh, take_uploads(files, form_key=fresh, address=address, is_staff=is_staff)


def _words(form: forms.Form) -> str:
    said = {name: form[name].data for name in form.fields if name not in _CONFIRMED}
    return json.dumps({name: _squeezed(value) for name, value in said.items()}, sort_keys=True)


def _squeezed(value: Any) -> str:
    return " ".join(normalize(str(value or "")).split())


def _files_of(earlier: Submission | Supplement) -> list[Attachment]:
    if isinstance(earlier, Submission):
        return list(earlier.attachments.filter(supplement=None))
    return list(earlier.attachments.all())


def _sha256(file: Any) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
