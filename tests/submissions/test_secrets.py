from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pakn_portal import clock
from pakn_portal.submissions import secrets
from pakn_portal.submissions.actions import NewSender, NewSubmission, create_submission
from pakn_portal.submissions.mail_links import (
    forget_ended_links,
    issue_mail_token,
    renew_secret,
    submission_of_token,
)
from pakn_portal.submissions.models import MailLink
from pakn_portal.submissions.tracking import find_by_grant

NEW = NewSubmission(NewSender("Nguyễn Thị Thu Cúc"), title="Hỏi", content="Tôi hỏi.")


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


def test_the_secret_has_sixty_bits_of_unambiguous_characters() -> None:
    found = {secrets.derive_secret(secrets.issue_form_key()) for _ in range(200)}
    assert len(found) == 200
    assert {len(secret) for secret in found} == {12}
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


@pytest.mark.slow_secrets
def test_the_hash_is_slow_salted_and_independent_of_the_sites_hashers() -> None:
    first, second = secrets.hash_secret("ABC"), secrets.hash_secret("ABC")
    assert first != second
    assert first.startswith("scrypt$16384$")
    assert secrets.verify_secret("ABC", first) is True
    assert secrets.verify_secret("ABD", first) is False
    assert secrets.verify_secret("ABC", None) is False


@pytest.mark.slow_secrets
def test_h45_an_unknown_number_costs_as_much_as_a_wrong_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    known, scrypt = secrets.hash_secret("ABC"), hashlib.scrypt
    done: list[Any] = []

    def counted(password: bytes, **options: Any) -> bytes:
        done.append((len(password), *(options[name] for name in ("n", "r", "p", "dklen"))))
        return scrypt(password, **options)

    monkeypatch.setattr(hashlib, "scrypt", counted)
    work = []
    for secret_hash in (None, known):
        assert secrets.verify_secret("XYZ", secret_hash) is False
        work.append(done[:])
        done.clear()
    assert work[0] == work[1] != []


def test_an_overlong_secret_is_cut_before_it_is_hashed() -> None:
    assert len(secrets.normalize_secret("A" * 10_000_000)) <= secrets.LONGEST_INPUT


@pytest.mark.django_db
def test_f30_secret_and_mail_link_survive_a_new_site_key(settings: Any) -> None:
    accepted = create_submission(NEW, form_key="khoa")
    token = issue_mail_token(accepted.submission)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert secrets.verify_secret(accepted.secret, accepted.submission.secret_hash) is True
    assert secrets.derive_secret_again("khoa", accepted.submission.secret_hash) == accepted.secret
    assert submission_of_token(token) == accepted.submission


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
    assert secrets.verify_secret(secret, submission.secret_hash)
    assert not secrets.verify_secret(secret, old)
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
    submission.secret_hash = secrets.hash_secret("KHAC")
    assert secrets.grant_fits(submission, read[1]) is False
    assert secrets.read_grant(grant + "x") is None
