"""The seal of a mail: that the portal itself wrote these words to this reader, and that it has left.

Whoever owns the database can neither write a mail nor change one without the site's key: such a mail does not
leave, and `pakn_verify` names it (I10).
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType

from pakn_portal.notifications.enums import MailState
from pakn_portal.people.accounts import plain_key
from pakn_portal.register.keys import is_signed, signed


def words_under_seal(mail: Any) -> str:
    """To whom, about what, by which template, and what is told; as the row has it, so before anything is left
    out for its reader.
    """
    kind = mail.subject_type_id and ContentType.objects.get_for_id(mail.subject_type_id)
    facts = {
        "mail": str(mail.uuid),
        "template": mail.template,
        "case": mail.case_id,
        "subject": [f"{kind.app_label}.{kind.model}", mail.subject_id] if kind else None,
        "to_sender": mail.to_sender_id,
        "to_user": plain_key(mail.to_user_id),
        "context": _as_stored(mail),
    }
    return f"mail {json.dumps(facts, sort_keys=True)}"


def _as_stored(mail: Any) -> Any:
    """The context as the column gives it back: a tuple comes as a list, a key as text, and the keys stand in
    the order that they have then.
    """
    return json.loads(json.dumps(mail.context, cls=mail._meta.get_field("context").encoder))


def seal_of(words: str, *, sent_at: datetime | None = None) -> str:
    """Of a mail with these words that has not left, or that left then."""
    return signed(_with_departure(words, sent_at))


def is_as_written(mail: Any) -> bool:
    """Whether the portal wrote the row as it stands, and let it out if it says so."""
    sent_at = mail.sent_at if mail.state == MailState.SENT else None
    return is_signed(_with_departure(words_under_seal(mail), sent_at), mail.seal)


def _with_departure(words: str, sent_at: datetime | None) -> str:
    # to the second, which every way out of the database and back keeps
    return words if sent_at is None else f"{words} {sent_at.replace(microsecond=0).timestamp():.0f}"
