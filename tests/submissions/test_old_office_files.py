"""Office files of before 2007: names without case, contents put together from their pieces."""

from __future__ import annotations

import pytest

from tests.submissions.corpus.compound import ORDINARY, REFUSED, WARNED
from tests.submissions.uploading import look


@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_old_files_are_taken_without_a_word(name: str) -> None:
    assert look(*ORDINARY[name]) == {"seen": []}


@pytest.mark.parametrize("name", WARNED)
def test_what_leads_elsewhere_or_cannot_be_read_is_marked(name: str) -> None:
    file_name, content, warning = WARNED[name]
    said = look(file_name, content)
    assert "refused" not in said
    assert warning in said["seen"]


@pytest.mark.parametrize("name", REFUSED)
def test_macros_and_commands_are_refused(name: str) -> None:
    file_name, content, reason = REFUSED[name]
    assert look(file_name, content).get("refused") == reason
