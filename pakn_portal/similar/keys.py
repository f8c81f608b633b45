"""The key of the hashes, derived from `SECRET_KEY`: with the database alone nobody can try words on them."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings
from django.utils.encoding import force_bytes

_PURPOSE = b"pakn_portal.similar"


def band_key() -> bytes:
    return hmac.new(force_bytes(settings.SECRET_KEY), _PURPOSE, hashlib.sha256).digest()


def key_id() -> str:
    """Eight hexadecimal digits that name the key and tell nothing of it."""
    return hmac.new(band_key(), _PURPOSE + b".id", hashlib.sha256).hexdigest()[:8]
