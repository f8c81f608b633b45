"""What is done to an answer that is on the site already is called a correction."""

from __future__ import annotations

from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.staff.cases.moves.buttons import label_of


def test_once_published_both_steps_are_called_a_correction() -> None:
    published, answered = Case(status=Status.PUBLISHED), Case(status=Status.ANSWERED)
    assert label_of(Verb.PREPARE_PUBLIC_TEXT, published) == "Chuẩn bị bản đính chính"
    assert label_of(Verb.CORRECT, published) == "Công khai bản đính chính"
    assert label_of(Verb.PREPARE_PUBLIC_TEXT, answered) == "Chuẩn bị bản công khai"
