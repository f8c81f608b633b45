"""Files on their way through the checks."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from pakn_portal.submissions.files import allowed_types
from pakn_portal.submissions.reading.answer import answer


def uploaded(name: str, content: bytes) -> tuple[SimpleUploadedFile, str]:
    return SimpleUploadedFile(name, content), name


def look(name: str, content: bytes) -> dict[str, Any]:
    """What the process that looks into files would say, without the process."""
    out = BytesIO()
    ending = name.rpartition(".")[2].lower()
    answer(allowed_types()[ending].extension, BytesIO(content), out)
    said: dict[str, Any] = json.loads(out.getvalue())
    return said
