"""What only the sender has: a form's one-time key, the tracking secret, the token of a mail link, a grant.

The database stores only hashes of them, so that a stolen copy opens nothing.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.encoding import force_str

from pakn_portal import clock
from pakn_portal.conf import portal_settings
from pakn_portal.submissions.secrets.hashes import LONGEST_INPUT as LONGEST_INPUT
from pakn_portal.submissions.secrets.hashes import OLD_LENGTH, is_old
from pakn_portal.submissions.secrets.hashes import SECRET_LENGTH as SECRET_LENGTH
from pakn_portal.submissions.secrets.hashes import hash_anew as hash_anew
from pakn_portal.submissions.secrets.hashes import hash_secret as hash_secret
from pakn_portal.submissions.secrets.hashes import verify_secret as verify_secret
from pakn_portal.text import (
    find_case_numbers,
    latin_twins,
    plain,
    read_case_number,
    without_case_numbers,
)

if TYPE_CHECKING:
    from pakn_portal.submissions.models import Submission

#: 32 characters that nobody confuses when they are read aloud or typed from paper.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: The lengths of valid secrets, with that of earlier receipts.
SECRET_LENGTHS: Final = (SECRET_LENGTH, OLD_LENGTH)
#: Typed or pasted input is cut before any costly work.
LONGEST_TYPED: Final = 400
GRANT_LASTS: Final = timedelta(minutes=30)
_LOOKALIKES: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
#: The longer pattern comes first, because it contains the shorter. A lookahead finds overlapping codes too.
_IN_GROUPS: Final = [
    re.compile(
        rf"(?<!\w)(?=([{ALPHABET}]{{4}}([\s\-._/]?)[{ALPHABET}]{{4}}(?:\2[{ALPHABET}]{{4}}){{{more}}})(?!\w))"
    )
    for more in (2, 1)
]
_FORM_SALT: Final = "pakn_portal.form_key"
_WORDS_SALT: Final = "pakn_portal.words"
_SENT_SALT: Final = "pakn_portal.sent"
_GRANT_SALT: Final = "pakn_portal.grant"
_TRACKING_SALT: Final = "pakn_portal.tracking_secret"


class FormKeyError(Exception):
    """The form's key is missing, forged or from another site."""


class FormKeyExpired(FormKeyError):
    """The form was opened too long ago; its files may already be gone."""


def issue_form_key() -> str:
    """A one-time key for one opened form: random, with the time, signed. Two POSTs with it make one case."""
    return signing.TimestampSigner(salt=_FORM_SALT).sign(secrets.token_urlsafe(16))


def check_form_key(key: str, *, max_age: timedelta) -> None:
    """Raises FormKeyExpired or FormKeyError."""
    try:
        signing.TimestampSigner(salt=_FORM_SALT).unsign(key, max_age=max_age)
    except signing.SignatureExpired as error:
        raise FormKeyExpired from error
    except signing.BadSignature as error:
        raise FormKeyError from error


def is_form_key(key: str) -> bool:
    """Whether we issued the key, however long ago."""
    try:
        signing.TimestampSigner(salt=_FORM_SALT).unsign(key)
    except signing.BadSignature:
        return False
    return True


def is_too_fast(key: str, *, at_least: timedelta) -> bool:
    """Whether a valid key is so new that no person can have filled the form in (H73)."""
    if not at_least:
        return False
    try:
        signing.TimestampSigner(salt=_FORM_SALT).unsign(key, max_age=at_least)
    except signing.BadSignature:
        return False
    return True


def form_key_hash(key: str) -> str:
    """What the database stores of a form's key."""
    return hashlib.sha256(key.encode()).hexdigest()


def hash_words(form_key: str, words: str) -> str:
    """What the database stores of the content of a form. Nobody can guess the content without the form's key,
    which is not stored, and the same content in two forms has different hashes.
    """
    return _hash_words(form_key, words, site_key=None)


def are_words_of(words_hash: str, form_key: str, words: str) -> bool:
    """Whether this is the content that was hashed, even if the site's key was rotated since."""
    return any(
        constant_time_compare(_hash_words(form_key, words, site_key=site_key), words_hash)
        for site_key in _site_keys()
    )


def _hash_words(form_key: str, words: str, *, site_key: str | None) -> str:
    said = f"{form_key}\x1f{words}"
    return salted_hmac(_WORDS_SALT, said, secret=site_key, algorithm="sha256").hexdigest()


def encrypt_form_key(form_key: str, words: str) -> str:
    """Encrypt the key of a sent form, for the sender's own browser to keep; only the
    same content decrypts it.
    """
    return _box(words).encrypt_at_time(form_key.encode(), int(clock.now().timestamp())).decode()


def decrypt_form_key(sealed: str, words: str, *, max_age: timedelta) -> str:
    """Decrypt it; empty if the content differs, if it is too old, or if we did not make it."""
    try:
        lasts, now = int(max_age.total_seconds()), int(clock.now().timestamp())
        return _box(words).decrypt_at_time(sealed.encode(), lasts, now).decode()
    except InvalidToken:
        return ""


def _box(words: str) -> MultiFernet:
    digests = [
        salted_hmac(_SENT_SALT, words, secret=key, algorithm="sha256").digest() for key in _site_keys()
    ]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def derive_secret(form_key: str, *, site_key: str | None = None, length: int = SECRET_LENGTH) -> str:
    """The tracking secret that belongs to a form: 80 bits that nobody can compute without the site's key.

    It is derived so that a repeated POST shows the same secret again, though only its hash is stored.
    """
    digest = salted_hmac(_TRACKING_SALT, form_key, secret=site_key, algorithm="sha256").digest()
    bits = int.from_bytes(digest[: -(-5 * length // 8)], "big")
    return "".join(ALPHABET[bits >> 5 * place & 31] for place in range(length))


def derive_secret_again(form_key: str, secret_hash: str, submission: int) -> str:
    """The secret shown the first time, even if the site's key was rotated since;
    empty if that key is gone.
    """
    length = OLD_LENGTH if is_old(secret_hash) else SECRET_LENGTH
    for site_key in _site_keys():
        secret = derive_secret(form_key, site_key=site_key, length=length)
        if verify_secret(secret, secret_hash, submission):
            return secret
    return ""


def new_secret() -> str:
    """A secret for a case whose sender lost the first, from the system's randomness only."""
    return "".join(secrets.choice(ALPHABET) for _place in range(SECRET_LENGTH))


def normalize_secret(typed: str) -> str:
    """Normalise a secret typed from paper: any case, spaces, dashes, full-width letters; O becomes 0, I
    and L become 1; labels before it and the case number are dropped. Longer text works if it has exactly
    one code in groups of four.
    """
    beside = without_case_numbers(typed[:LONGEST_TYPED], portal_settings.CASE_NUMBER_FORMAT)
    text = latin_twins(beside.lower()).upper().translate(_LOOKALIKES)
    code = "".join(char for char in text.rpartition(":")[2] if char in ALPHABET)
    if len(code) in SECRET_LENGTHS:
        return code
    for groups in _IN_GROUPS:
        found = {re.sub("[^0-9A-Z]", "", match[1]) for match in groups.finditer(text)}
        if found:
            return found.pop() if len(found) == 1 else code[:LONGEST_INPUT]
    return code[:LONGEST_INPUT]


def display_secret(secret: str) -> str:
    """In groups of four, to be read aloud and copied by hand."""
    return "-".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def normalize_number(typed: str) -> str:
    """The case number that was meant; one in another format may be a number of an earlier format."""
    return read_case_number(typed, portal_settings.CASE_NUMBER_FORMAT) or as_typed_number(typed)


def as_typed_number(typed: str) -> str:
    """A number, or a part of one, in capitals and without spaces."""
    # no control characters: PostgreSQL raises on NUL instead of finding nothing
    capitals = plain(typed[:LONGEST_INPUT]).upper()
    return "".join(char for char in capitals if char.isprintable() and not char.isspace())


def looks_like_number(typed: str) -> bool:
    """Whether it has the format of today's case numbers; not whether the case exists."""
    return bool(read_case_number(typed, portal_settings.CASE_NUMBER_FORMAT))


def example_number() -> str:
    """A made-up case number of this year, as an example."""
    return str(portal_settings.CASE_NUMBER_FORMAT.format(year=clock.today().year, sequence=123))


def has_two_numbers(typed: str) -> bool:
    """Whether the text has two different case numbers."""
    return len(find_case_numbers(typed, portal_settings.CASE_NUMBER_FORMAT)) > 1


def number_and_secret_in(number: str, secret: str) -> tuple[str, str]:
    """The number and the secret from two inputs; if one is empty, both may be pasted into the other."""
    pasted = number.strip() or secret.strip()
    is_both = looks_like_number(pasted) and len(normalize_secret(pasted)) in SECRET_LENGTHS
    if is_both and not (number.strip() and secret.strip()):
        return pasted, pasted
    return number, secret


def new_mail_token() -> str:
    """128 bits of the system's randomness, for one link in one mail."""
    return secrets.token_hex(16)


def hash_mail_token(token: str) -> str:
    """128 random bits need no slow hash (ASVS 6.5.2)."""
    return hashlib.sha256(token[:LONGEST_INPUT].encode()).hexdigest()


def issue_grant(submission: Submission) -> str:
    """A signed permission to act as the sender for half an hour, for the forms of the page that the
    secret opened. POST only.
    """
    return signing.TimestampSigner(salt=_GRANT_SALT).sign(f"{submission.pk}.{_fingerprint(submission)}")


def read_grant(grant: str, *, max_age: timedelta | None = GRANT_LASTS) -> tuple[int, str] | None:
    """The submission's primary key and the fingerprint in a valid grant; compare with `grant_fits`.
    `max_age`: None for one that we issued however long ago: its holder was the sender at that time.
    """
    try:
        value = signing.TimestampSigner(salt=_GRANT_SALT).unsign(grant, max_age=max_age)
    except signing.BadSignature:
        return None
    pk, _dot, fingerprint = value.partition(".")
    return int(pk), fingerprint


def was_granted(grant: str) -> bool:
    """Whether we issued the grant, however long ago."""
    return read_grant(grant, max_age=None) is not None


def grant_fits(submission: Submission, fingerprint: str) -> bool:
    """Whether the grant is valid for the current secret and mailbox: a new one of either invalidates all
    earlier grants. Whoever reads the mailbox that the sender has no more may have opened a page by its link.
    """
    return constant_time_compare(_fingerprint(submission), fingerprint)


def _fingerprint(submission: Submission) -> str:
    held = f"{submission.secret_hash}\x1f{submission.sender.email}"
    return hashlib.sha256(held.encode()).hexdigest()[:16]


def _site_keys() -> list[str]:
    return [force_str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
