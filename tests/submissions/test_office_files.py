"""Office files since 2007: what they are is read from what they say, not from the names of their parts."""

from __future__ import annotations

import pytest

from tests.submissions.corpus.office import ORDINARY, REFUSED, WARNED
from tests.submissions.uploading import look


@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_office_files_are_taken_without_a_word(name: str) -> None:
    assert look(*ORDINARY[name]) == {"seen": []}


@pytest.mark.parametrize("name", WARNED)
def test_what_leads_elsewhere_or_holds_more_is_marked(name: str) -> None:
    file_name, content, warning = WARNED[name]
    said = look(file_name, content)
    assert "refused" not in said
    assert warning in said["seen"]


@pytest.mark.parametrize("name", REFUSED)
def test_what_runs_something_is_refused(name: str) -> None:
    file_name, content, reason = REFUSED[name]
    assert look(file_name, content).get("refused") == reason
