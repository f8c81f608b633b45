"""The keys that seal lines: `PAKN_PORTAL["REGISTER_KEYS"]`, the first seals, each of them verifies.

Without a key of its own a site seals with one derived from `SECRET_KEY` (and verifies with those derived from
`SECRET_KEY_FALLBACKS` too). Whoever can write the database cannot write a valid line without the key, so it
never lies in the database or in a dump of it.
"""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings

from pakn_portal.conf import portal_settings

_PURPOSE = b"pakn_portal.register"


def register_key() -> bytes:
    return _keys()[0]


def key_id(key: bytes) -> str:
    """Eight hexadecimal digits that name a key and tell nothing of it."""
    return hmac.new(key, _PURPOSE + b".id", hashlib.sha256).hexdigest()[:8]


def find_key(wanted: str) -> bytes | None:
    """The key of this name, None when the site does not have it (any more)."""
    return next((key for key in _keys() if key_id(key) == wanted), None)


def signed(words: str) -> str:
    """A keyed digest of these words, 64 hexadecimal digits: nobody without the key can make it."""
    return _digest(register_key(), words)


def is_signed(words: str, seal: str) -> bool:
    """Whether the seal was made of these words, with any of the site's keys."""
    return any(is_same_digest(seal, _digest(key, words)) for key in _keys())


def is_same_digest(told: str, made: str) -> bool:
    """In the same time wherever they differ. What is told may be whatever stands in a column."""
    return hmac.compare_digest(told.encode(errors="replace"), made.encode())


def _digest(key: bytes, words: str) -> str:
    return hmac.new(key, words.encode(), hashlib.sha256).hexdigest()


def has_own_key() -> bool:
    return bool(portal_settings.REGISTER_KEYS)


def _keys() -> list[bytes]:
    """The site's own, then the derived ones: lines from before it had its own stay verifiable."""
    derived = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [
        *(_key(text) for text in portal_settings.REGISTER_KEYS),
        *(hmac.new(_bytes(secret), _PURPOSE, hashlib.sha256).digest() for secret in derived),
    ]


def _key(text: str) -> bytes:
    return hashlib.sha256(_PURPOSE + b"\x00" + text.encode()).digest()


def _bytes(secret: str | bytes) -> bytes:
    return secret if isinstance(secret, bytes) else secret.encode()
