"""Whether “this answers me” still counts: the archive itself knows nothing of visitors."""

from __future__ import annotations

from django.http import HttpRequest

from pakn_portal.submissions.client import client_address
from pakn_portal.submissions.limits import ANSWERED_HOUR


def is_still_counted(request: HttpRequest) -> bool:
    """Counts one press of this address; False beyond its limit."""
    return ANSWERED_HOUR.take(client_address(request))
