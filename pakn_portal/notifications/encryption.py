"""What only this site may read while it waits: the tracking secret on its way into the receipt mail, words of
staff on their way through the log-in.
"""

from __future__ import annotations

import base64
from datetime import timedelta

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.encoding import force_str

#: Named after what this file was called when the first mails were stored.
_SALT = "pakn_portal.notifications.seal"


def encrypt(secret: str, *, purpose: str = "mail") -> str:
    """Encrypted with a key derived from SECRET_KEY for this purpose; empty stays empty."""
    return _box(purpose).encrypt(secret.encode()).decode() if secret else ""


def decrypt(sealed: str, *, purpose: str = "mail", ttl: timedelta | None = None) -> str:
    """Also after SECRET_KEY was rotated, as long as SECRET_KEY_FALLBACKS has the old one; else empty, as it
    is once `ttl` is over.
    """
    if not sealed:
        return ""
    try:
        opened = _box(purpose).decrypt(sealed.encode(), ttl=int(ttl.total_seconds()) if ttl else None)
    except InvalidToken:
        return ""
    return opened.decode()


def _box(purpose: str) -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_key(force_str(key), purpose)) for key in keys])


def _key(site_key: str, purpose: str) -> bytes:
    digest = salted_hmac(_SALT, purpose, secret=site_key, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest)
