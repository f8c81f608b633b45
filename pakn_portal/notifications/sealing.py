"""The tracking secret on its way into the receipt mail, readable by this site alone."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.encoding import force_str

_SALT = "pakn_portal.notifications.seal"


def seal(secret: str) -> str:
    """Encrypted with a key derived from SECRET_KEY; empty stays empty."""
    return _box().encrypt(secret.encode()).decode() if secret else ""


def unseal(sealed: str) -> str:
    """Also after SECRET_KEY was rotated, as long as SECRET_KEY_FALLBACKS has the old one; else empty."""
    if not sealed:
        return ""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return ""


def _box() -> MultiFernet:
    return MultiFernet(
        [Fernet(_key(force_str(key))) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def _key(site_key: str) -> bytes:
    return base64.urlsafe_b64encode(salted_hmac(_SALT, "mail", secret=site_key, algorithm="sha256").digest())
