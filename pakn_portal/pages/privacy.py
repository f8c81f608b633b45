"""Headers of pages that are for one person only."""

from __future__ import annotations

from typing import TypeVar

from django.http import HttpResponseBase
from django.utils.cache import patch_cache_control

AnyResponse = TypeVar("AnyResponse", bound=HttpResponseBase)

#: Nothing leaves for other sites. Not `no-referrer` alone: browsers then send `Origin: null` with our own
#: forms, which
#: Django rightly refuses; they take the last policy they know, older ones the first.
REFERRER_POLICY = "no-referrer, same-origin"


def keep_private(response: AnyResponse) -> AnyResponse:
    """No cache keeps it (H47, H59), no other site hears of it (H46), no search engine lists it."""
    patch_cache_control(response, no_store=True, private=True, max_age=0)
    response["Referrer-Policy"] = REFERRER_POLICY
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
