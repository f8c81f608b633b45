from __future__ import annotations

from pathlib import Path

from django.core.mail import EmailMessage
from pytest_django import Settings

from example_site.portal import outbox


def send(subject: str) -> None:
    message = EmailMessage(
        subject, "Chào bạn,\nHồ sơ đã được tiếp nhận.", "pakn@bo.example", ["nguyen@example.org"]
    )
    outbox.OutboxBackend().send_messages([message])


def test_a_letter_can_be_read_again_whole(settings: Settings, tmp_path: Path) -> None:
    settings.OUTBOX_DIR = tmp_path / "outbox"
    send("Đã tiếp nhận phản ánh của bạn")
    (letter,) = outbox.letters()
    assert (letter.subject, letter.to) == ("Đã tiếp nhận phản ánh của bạn", "nguyen@example.org")
    assert letter.body.strip() == "Chào bạn,\nHồ sơ đã được tiếp nhận."
    assert outbox.find(letter.name) == letter


def test_the_newest_letter_comes_first(settings: Settings, tmp_path: Path) -> None:
    settings.OUTBOX_DIR = tmp_path
    send("một")
    send("hai")
    assert [letter.subject for letter in outbox.letters()] == ["hai", "một"]


def test_an_unknown_letter_is_none(settings: Settings, tmp_path: Path) -> None:
    settings.OUTBOX_DIR = tmp_path
    assert outbox.find("../secret-key") is None
