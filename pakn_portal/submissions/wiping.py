"""Erase what was sent, for good. What is left tells that something was, when, and by which way."""

from __future__ import annotations

from typing import Final

from pakn_portal.submissions import sameness
from pakn_portal.submissions.models import Attachment, Sender, Submission, Supplement
from pakn_portal.submissions.storage import drop_bytes

#: Everything that somebody typed. The hash of the form's key stays: the same form sent once more is known,
#: and nothing of it is taken in again. So does that of the tracking secret, for the sender may still ask.
OF_SUBMISSION: Final = (
    "title", "content", "concerned_unit", "backdating_reason", "letter_number", "folded", "content_key",
    "words_hash",
)  # fmt: skip
OF_SENDER: Final = (
    "full_name", "organisation", "tax_code", "address", "province", "phone", "email",
)  # fmt: skip


def wipe(submission: Submission) -> None:
    """Texts, files and sender of a submission and of what was added to it, in the caller's transaction. The
    files themselves go once it is committed.
    """
    Submission.objects.filter(pk=submission.pk).update(
        **dict.fromkeys(OF_SUBMISSION, ""), letter_dated_on=None, wants_name_published=False
    )
    sameness.forget(submission)
    Sender.objects.filter(pk=submission.sender_id).update(**dict.fromkeys(OF_SENDER, ""))
    Supplement.objects.filter(submission=submission).update(content="", words_hash="")
    for file in Attachment.objects.filter(submission=submission):
        file.delete()
        drop_bytes(file.file)
