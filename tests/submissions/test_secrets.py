from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pakn_portal import clock
from pakn_portal.register.keys import key_id, register_key
from pakn_portal.submissions import secrets
from pakn_portal.submissions.actions import NewSender, NewSubmission, create_submission
from pakn_portal.submissions.models import MailLink, Submission
from pakn_portal.submissions.secrets import hashes as secret_hashes
from pakn_portal.submissions.secrets.mail_links import (
    forget_ended_links,
    issue_mail_token,
    renew_secret,
    submission_of_token,
)
from pakn_portal.submissions.tracking import find_by_grant, find_by_secret
from tests.factories import make_case, make_ministry

#: As the version before made it.
OLD_SECRET: Final = (
    "7T2KQW9MXR4D",
    "scrypt$16384$giayBienNhanCuCuaDan01$8$1$TemXB5+LLPs7Smjg4QRvSYB0ZqClu8cSYdFV+JI3JqUtDH57FYU56KMZXQf6vloCeg9k7GVZn57wlkt8+3V1NQ==",
)


def old_hash(secret: str) -> str:
    return secret_hashes._SecretHasher().encode(secret, "muoi")


NEW = NewSubmission(NewSender("Nguyễn Thị Thu Cúc"), title="Hỏi", content="Tôi hỏi.")


def stored(submission: Submission) -> tuple[str, int]:
    """The hash, and whose it is."""
    return submission.secret_hash, submission.pk


def test_a_form_key_is_good_for_its_time_and_no_longer() -> None:
    key = secrets.issue_form_key()
    secrets.check_form_key(key, max_age=timedelta(hours=1))
    with pytest.raises(secrets.FormKeyExpired):
        secrets.check_form_key(key, max_age=timedelta(seconds=-1))
    with pytest.raises(secrets.FormKeyError):
        secrets.check_form_key(key[:-1] + "x", max_age=timedelta(hours=1))


def test_a_key_just_issued_is_too_fast() -> None:
    key = secrets.issue_form_key()
    assert secrets.is_too_fast(key, at_least=timedelta(seconds=3)) is True
    assert secrets.is_too_fast(key, at_least=timedelta(0)) is False


def test_the_secret_has_eighty_bits_of_unambiguous_characters() -> None:
    found = {secrets.derive_secret(secrets.issue_form_key()) for _ in range(200)}
    assert len(found) == 200
    assert {len(secret) for secret in found} == {16}
    assert set("".join(found)) <= set(secrets.ALPHABET)
    assert not set(secrets.ALPHABET) & set("ILOU")


@given(st.integers(min_value=0, max_value=10**6))
def test_however_it_is_typed_it_is_the_same_secret(number: int) -> None:
    secret = secrets.derive_secret(str(number))
    shown = secrets.display_secret(secret)
    typed = [
        shown.lower(),
        shown.replace("-", " – "),
        shown.replace("0", "O").replace("1", "l"),
        f" {secret}\n",
    ]
    wide = "".join(chr(ord(char) + 0xFEE0) if char.isalnum() else char for char in shown)
    assert {secrets.normalize_secret(text) for text in [*typed, wide]} == {secret}


@given(st.text(max_size=200))
def test_h17_nothing_typed_breaks_the_normalising(text: str) -> None:
    assert set(secrets.normalize_secret(text)) <= set(secrets.ALPHABET)
    secrets.normalize_number(text)


def test_numbers_are_forgiven_their_form() -> None:
    typed = [
        "pakn-2026-000123",
        " PAKN–2026—000123 ",
        "ＰＡＫＮ-２０２６-０００１２３",
        "PAKN - 2026 - 000123",
    ]
    assert {secrets.normalize_number(text) for text in typed} == {"PAKN-2026-000123"}


def test_a_keyed_hash_is_salted_and_verifies_its_own_secret_alone() -> None:
    secret = secrets.new_secret()
    first, second = secrets.hash_secret(secret, 1), secrets.hash_secret(secret, 1)
    assert first != second
    assert first.startswith("keyed$")
    assert secrets.verify_secret(secret, first, 1) is True
    assert secrets.verify_secret(secrets.new_secret(), first, 1) is False
    assert secrets.verify_secret(secret, None, None) is False


@pytest.mark.slow_secrets
def test_a_secret_of_before_stays_valid_and_keeps_its_slow_hash() -> None:
    secret, kept = OLD_SECRET
    assert secrets.verify_secret(secret, kept, 1) is True
    assert secrets.verify_secret("0" * 12, kept, 1) is False
    assert secrets.verify_secret(secret, None, None) is False
    assert secrets.verify_secret(secret, secrets.hash_secret(secret, 1), 1) is False


def test_the_receipt_of_a_form_from_before_shows_its_secret_again() -> None:
    assert secrets.derive_secret_again("khoa", old_hash("WQA4GHS9QVXN"), 1) == ""
    secret = secrets.derive_secret("khoa", length=12)
    assert secrets.derive_secret_again("khoa", old_hash(secret), 1) == secret


@pytest.mark.slow_secrets
@pytest.mark.parametrize("typed", ["XYZ", "0" * 12, "0" * 16], ids=["neither", "of before", "of now"])
def test_h45_an_unknown_number_costs_as_much_as_a_wrong_secret(
    typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether the case exists, and whether its secret is of before, shows in no work."""
    kinds = (None, secrets.hash_secret("ABC", 1), OLD_SECRET[1])
    work = [
        _work_of(lambda kind=kind: secrets.verify_secret(typed, kind, kind and 1), monkeypatch)
        for kind in kinds
    ]
    assert work[0] == work[1] == work[2] != []


def _work_of(verify: Callable[[], bool], monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every slow hash, and every keyed one of a secret."""
    done: list[Any] = []
    scrypt, digest = hashlib.scrypt, secret_hashes._digest

    def slow(password: bytes, **options: Any) -> bytes:
        done.append((len(password), *(options[name] for name in ("n", "r", "p", "dklen"))))
        return scrypt(password, **options)

    def keyed(key: bytes, salt: str, secret: str) -> str:
        done.append(len(secret))
        return digest(key, salt, secret)

    with monkeypatch.context() as patch:
        patch.setattr(hashlib, "scrypt", slow)
        patch.setattr(secret_hashes, "_digest", keyed)
        assert verify() is False
    return done


def unbound(secret: str) -> str:
    """As the version before hashed it: its salt names no submission."""
    key, salt = register_key(), "0123456789abcdef" * 2
    return "$".join(("keyed", key_id(key), salt, secret_hashes._digest(key, salt, secret)))


def test_an_overlong_secret_is_cut_before_it_is_hashed() -> None:
    assert len(secrets.normalize_secret("A" * 10_000_000)) <= secrets.LONGEST_INPUT


@pytest.mark.django_db
def test_f30_secret_and_mail_link_survive_a_new_site_key(settings: Any) -> None:
    accepted = create_submission(NEW, form_key="khoa")
    token = issue_mail_token(accepted.submission)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert secrets.verify_secret(accepted.secret, *stored(accepted.submission)) is True
    assert secrets.derive_secret_again("khoa", *stored(accepted.submission)) == accepted.secret
    assert submission_of_token(token) == accepted.submission


@pytest.mark.django_db
def test_a_secret_outlives_the_sites_key_where_the_register_has_one_of_its_own(settings: Any) -> None:
    first, second = "khoa thu nhat cua so", "khoa thu hai cua so!"
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "REGISTER_KEYS": [first]}
    accepted = create_submission(NEW, form_key="khoa")
    settings.SECRET_KEY = "another"
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "REGISTER_KEYS": [second, first]}
    assert secrets.verify_secret(accepted.secret, *stored(accepted.submission)) is True
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "REGISTER_KEYS": [second]}
    assert secrets.verify_secret(accepted.secret, *stored(accepted.submission)) is False


@pytest.mark.django_db
def test_the_database_holds_neither_secret_nor_token_nor_key() -> None:
    accepted = create_submission(NEW, form_key="khoa-cua-bieu-mau")
    token = issue_mail_token(accepted.submission)
    rows = [*vars(accepted.submission).values(), *vars(MailLink.objects.get()).values()]
    row = " ".join(str(value) for value in rows)
    for clear in (accepted.secret, token, "khoa-cua-bieu-mau"):
        assert clear not in row


@pytest.mark.django_db
def test_links_of_mails_end_and_are_told_by_nothing_that_is_kept() -> None:
    """L4: no token comes out of database and site key; each ends by itself, all end with a new secret."""
    submission = create_submission(NEW, form_key="khoa").submission
    first, second = issue_mail_token(submission), issue_mail_token(submission)
    assert first != second
    assert submission_of_token(first) == submission_of_token(second) == submission
    with clock.acting_at(clock.now() + timedelta(days=181)):
        assert submission_of_token(first) is None
        assert forget_ended_links() == 2
    third, grant = issue_mail_token(submission), secrets.issue_grant(submission)
    old = submission.secret_hash
    secret = renew_secret(submission)
    assert secrets.verify_secret(secret, submission.secret_hash, submission.pk)
    assert not secrets.verify_secret(secret, old, submission.pk)
    assert submission_of_token(third) is None
    assert find_by_grant(grant) is None


@pytest.mark.django_db
def test_a_grant_opens_its_own_submission_until_the_secret_changes() -> None:
    submission = create_submission(NEW).submission
    grant = secrets.issue_grant(submission)
    read = secrets.read_grant(grant)
    assert read is not None
    assert read[0] == submission.pk
    assert secrets.grant_fits(submission, read[1]) is True
    submission.secret_hash = secrets.hash_secret("KHAC", submission.pk)
    assert secrets.grant_fits(submission, read[1]) is False
    assert secrets.read_grant(grant + "x") is None


def put_hash(submission: Submission, secret_hash: str) -> None:
    """By SQL, as whoever has the database may."""
    Submission.objects.filter(pk=submission.pk).update(secret_hash=secret_hash)


@pytest.fixture
def two(db: None) -> tuple[Submission, Submission]:
    """Of two cases."""
    make_ministry()
    return make_case().submission, make_case().submission


def opened(submission: Submission, secret: str) -> Submission | None:
    number = submission.case.number
    return find_by_secret(number, secret, address="1", prove=lambda: True).submission


@pytest.mark.parametrize("length", [12, 16])
def test_a_hash_that_is_copied_to_another_submission_opens_nothing(
    two: tuple[Submission, Submission], length: int
) -> None:
    own, other = two
    secret = secrets.new_secret()[:length]
    put_hash(own, old_hash(secret) if length == 12 else unbound(secret))
    assert opened(own, secret) == own  # and it is bound from now on
    own.refresh_from_db()
    put_hash(other, own.secret_hash)
    assert opened(other, secret) is None
    assert opened(own, secret) == own


@pytest.mark.parametrize("length", [12, 16])
def test_a_hash_of_before_is_bound_when_its_secret_is_first_typed_right(
    two: tuple[Submission, Submission], length: int
) -> None:
    submission, _other = two
    secret = secrets.new_secret()[:length]
    before = old_hash(secret) if length == 12 else unbound(secret)
    put_hash(submission, before)
    assert opened(submission, "0" * length) is None
    submission.refresh_from_db()
    assert submission.secret_hash == before
    found = opened(submission, secret)
    submission.refresh_from_db()
    assert submission.secret_hash != before
    assert found is not None
    assert found.secret_hash == submission.secret_hash
    bound = submission.secret_hash
    assert opened(submission, secret) == submission
    submission.refresh_from_db()
    assert submission.secret_hash == bound


@pytest.mark.django_db
def test_a_new_hash_is_bound_from_the_first() -> None:
    first, other = create_submission(NEW, form_key="khoa"), create_submission(NEW, form_key="khoa khac")
    stored = Submission.objects.get(pk=first.submission.pk).secret_hash
    assert secrets.verify_secret(first.secret, stored, first.submission.pk) is True
    assert secrets.verify_secret(first.secret, stored, other.submission.pk) is False
    assert secrets.derive_secret_again("khoa", stored, other.submission.pk) == ""
