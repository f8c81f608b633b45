"""What senders state about themselves, so that it can be found and masked wherever it was typed again."""

from __future__ import annotations

from pakn_portal.submissions.models import Sender

_FIELDS = {
    "name": "full_name",
    "organisation": "organisation",
    "tax_code": "tax_code",
    "address": "address",
    "phone": "phone",
    "email": "email",
}


def known_values(sender: Sender) -> list[tuple[str, str]]:
    """(kind, value) of each field with content, for `text.find_personal_data` and `text.mask_all`."""
    values = [(kind, getattr(sender, name)) for kind, name in _FIELDS.items()]
    # people do not repeat the extension
    values = [(kind, value.partition("x")[0] if kind == "phone" else value) for kind, value in values]
    return [(kind, value) for kind, value in values if value.strip()]
