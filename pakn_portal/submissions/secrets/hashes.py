"""What the database stores of a tracking secret: a hash, useless without the secret itself.

A secret of 16 characters has 80 random bits, too many to try: a keyed, salted SHA-256 is enough and costs
microseconds. Earlier secrets had 12 characters (60 bits); they keep their slow hash (scrypt) for as long as
their cases can be opened. Either is bound to its submission, whose key begins the salt: copied into the row
of another it opens nothing. docs/concepts/decisions.md gives the reasons.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from typing import Final

from django.contrib.auth.hashers import ScryptPasswordHasher

from pakn_portal.register.keys import find_key, is_same_digest, key_id, register_key

SECRET_LENGTH: Final = 16
#: The length of secrets on earlier receipts.
OLD_LENGTH: Final = 12
#: Longer input is cut before any costly work.
LONGEST_INPUT: Final = 64
_PURPOSE: Final = b"pakn_portal.tracking_secret.hash"
_KEYED: Final = "keyed"
#: A salt that names its submission. Earlier ones have no full stop.
_BOUND: Final = re.compile(r"(\d+)\.[0-9a-f]+")


class _SecretHasher(ScryptPasswordHasher):
    """Our own parameters, whatever PASSWORD_HASHERS says: 16 MiB and one lane, some 40 ms for each try."""

    parallelism = 1


def hash_secret(secret: str, submission: int) -> str:
    """`keyed$KEY$SALT$DIGEST` of a normalised secret; KEY names the key that made the digest. `submission`:
    the key of the only one that it opens.
    """
    key = register_key()
    salt = _salt_of(submission)
    return "$".join((_KEYED, key_id(key), salt, _digest(key, salt, secret)))


def hash_anew(secret: str, secret_hash: str, submission: int) -> str:
    """The hash of a secret that was just verified, where the stored one is not bound to its submission yet;
    else empty. Its kind stays, for what is typed says which work is done.
    """
    if _BOUND.fullmatch(_salt_in(secret_hash)):
        return ""
    if is_old(secret_hash):
        return _SecretHasher().encode(secret, _salt_of(submission))
    return hash_secret(secret, submission)


def _salt_of(submission: int) -> str:
    return f"{submission}.{secrets.token_hex(16)}"


def _salt_in(secret_hash: str) -> str:
    """Both kinds have it in the third place."""
    return secret_hash.split("$")[2] if secret_hash.count("$") > 2 else ""


def _is_for(submission: int, secret_hash: str) -> bool:
    """Not of a hash that is bound to another; one from before is bound to none."""
    bound = _BOUND.fullmatch(_salt_in(secret_hash))
    return bound is None or bound[1] == str(submission)


#: Used where there is no hash of the kind that was typed, so that the answer takes the same work.
_NOBODY: Final = f"{_KEYED}$$pAkNpOrTaLnObOdY$"
_NOBODY_OLD: Final = (
    "scrypt$16384$pAkNpOrTaLnObOdY0000000$8$1$"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="
)


def verify_secret(secret: str, secret_hash: str | None, submission: int | None) -> bool:
    """Whether the normalised secret opens this submission; pass None twice if there is no such case.

    The amount of work depends only on what was typed: it reveals neither whether a case
    exists nor how old it is.
    """
    secret, secret_hash = secret[:LONGEST_INPUT], secret_hash or ""
    is_own = submission is not None and _is_for(submission, secret_hash)
    is_keyed = secret_hash.startswith(f"{_KEYED}$")
    if len(secret) == OLD_LENGTH:
        is_kept = bool(secret_hash) and not is_keyed
        fits = _SecretHasher().verify(secret, secret_hash if is_kept else _NOBODY_OLD) and is_kept
    else:
        fits = _is_digest_of(secret, secret_hash if is_keyed else _NOBODY) and is_keyed
    return fits and is_own


def is_old(secret_hash: str) -> bool:
    """Whether the hash is of a secret of the earlier length."""
    return not secret_hash.startswith(f"{_KEYED}$")


def _is_digest_of(secret: str, secret_hash: str) -> bool:
    _keyed, name, salt, digest = secret_hash.split("$")
    key = find_key(name)
    return is_same_digest(digest, _digest(key or register_key(), salt, secret)) and key is not None


def _digest(key: bytes, salt: str, secret: str) -> str:
    own_key = hmac.digest(key, _PURPOSE, "sha256")
    return hmac.new(own_key, f"{salt}\x1f{secret}".encode(), hashlib.sha256).hexdigest()
