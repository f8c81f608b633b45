"""Rows of the reference lists that the software itself reaches for, and so keeps."""

from __future__ import annotations

import logging
from typing import Any, Final

from pakn_portal.conf import content_language
from pakn_portal.snippets.models import RefusalReason
from pakn_portal.snippets.starter_rows import read

logger = logging.getLogger(__name__)

#: The refusal reason of a case whose sender did not add in time what was asked for.
NOT_SUPPLEMENTED: Final = "not_supplemented"


def reason_not_supplemented() -> RefusalReason:
    """The reason `not_supplemented`, active or not. Where somebody deleted it, the starter row is put back:
    the worker must be able to close what waits in vain.
    """
    reason, is_new = RefusalReason.objects.get_or_create(code=NOT_SUPPLEMENTED, defaults=_starter_row())
    if is_new:
        logger.warning("The refusal reason “%s” was missing; its starter row was put back.", NOT_SUPPLEMENTED)
    return reason


def is_needed(row: Any) -> bool:
    """Whether the software cannot do without this row, in use or not."""
    return isinstance(row, RefusalReason) and row.code == NOT_SUPPLEMENTED


def _starter_row() -> dict[str, Any]:
    rows = read("refusal_reasons", content_language())
    return next(row for row in rows if row["code"] == NOT_SUPPLEMENTED)
