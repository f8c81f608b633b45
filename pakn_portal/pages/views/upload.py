"""The part of a form that takes files."""

from __future__ import annotations

from typing import Any

from pakn_portal.conf import portal_settings
from pakn_portal.submissions.files import accept_attribute, type_list
from pakn_portal.submissions.models import Attachment
from pakn_portal.submissions.tray import waiting_uploads


def upload_context(
    form_key: str, files: list[Attachment] | None = None, errors: list[str] | None = None
) -> dict[str, Any]:
    """What includes/upload.html needs."""
    return {
        "form_key": form_key,
        "files": waiting_uploads(form_key) if files is None else files,
        "file_errors": errors or [],
        "file_types": type_list(),
        "file_accept": accept_attribute(),
        "file_limit": portal_settings.ATTACHMENT_MAX_BYTES,
        "file_total": portal_settings.ATTACHMENTS_MAX_TOTAL_BYTES,
        "file_count": portal_settings.ATTACHMENT_MAX_COUNT,
    }
