"""What a sender is known by, corrected or erased at their wish; the rest of what was sent never changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pakn_portal.submissions.models import Sender, Submission
from pakn_portal.submissions.secrets.mail_links import end_links
from pakn_portal.text import fold, normalize

#: How the ministry reaches somebody: one of these stays as long as an answer is owed.
WAYS: Final = ("phone", "email", "address")
#: May be erased; a name may only be corrected.
ERASABLE: Final = (*WAYS, "province", "tax_code", "organisation")
CORRECTABLE: Final = ("full_name", *ERASABLE)


def correct(submission: Submission, values: Mapping[str, str]) -> None:
    """Write these fields of `CORRECTABLE` anew, in the caller's transaction; an empty one is erased. With
    another mailbox end the links that lie in the old one, which may be a stranger's; the tracking code stays.
    """
    sender = Sender.objects.select_for_update().get(pk=submission.sender_id)
    mailbox = sender.email
    for name, value in values.items():
        setattr(sender, name, normalize(value).strip())
    sender.save(update_fields=list(values))
    if sender.email != mailbox:
        end_links(submission)
    submission.sender = sender
    submission.folded = searched(submission)
    submission.save(update_fields=["folded"])


def searched(submission: Submission) -> str:
    """The words by which staff find it."""
    sender = submission.sender
    return fold(" ".join([sender.full_name, sender.organisation, submission.title]))
