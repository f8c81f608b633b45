"""PDF: what its objects can do, however they are written."""

from __future__ import annotations

import zlib

import pytest

from pakn_portal.submissions.files import check_file
from pakn_portal.submissions.reading import pdf_objects
from tests.submissions.corpus.pdf import BROKEN, HOSTILE, JS, ORDINARY, WARNED, letter, packed
from tests.submissions.uploading import look, uploaded


@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_pdf_files_are_taken_without_a_word(name: str) -> None:
    assert look(*ORDINARY[name]) == {"seen": []}


@pytest.mark.parametrize("name", WARNED)
def test_what_a_pdf_can_do_is_marked(name: str) -> None:
    content, warning = WARNED[name]
    said = look("a.pdf", content)
    assert "refused" not in said
    assert warning in said["seen"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_pdf_that_a_browser_could_take_for_a_page_is_refused(name: str) -> None:
    assert look("a.pdf", HOSTILE[name]) == {"refused": "holds_another"}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_not_all_there_or_not_alone_is_refused(name: str) -> None:
    content, reason = BROKEN[name]
    said = look("a.pdf", content)
    said.pop("is", None)  # what it is instead
    assert said == {"refused": reason}


def test_who_writes_more_than_is_read_is_not_called_harmless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_objects, "MOST_TOKENS", 1000)
    assert look("a.pdf", letter("[" + "1 " * 2000 + "]", packed(JS)))["seen"] == ["unread"]


def test_streams_that_never_end_are_searched_once() -> None:
    """Each was searched to the end of the file, and 5 MB took all the time there is."""
    assert check_file(*uploaded("a.pdf", letter(b"1 0 obj <<>> stream\n" * 250_000))).warnings == set()


@pytest.mark.parametrize("filters", ["/FlateDecode", "[/ASCIIHexDecode /FlateDecode]"])
def test_beyond_the_limit_nothing_more_is_unpacked(monkeypatch: pytest.MonkeyPatch, filters: str) -> None:
    came: list[int] = []
    inflater = zlib.decompressobj

    class Counting:
        def __init__(self) -> None:
            self._inflater = inflater()

        def decompress(self, data: bytes, most: int) -> bytes:
            piece = self._inflater.decompress(data, most)
            came.append(len(piece))
            return piece

        @property
        def eof(self) -> bool:
            return self._inflater.eof

    monkeypatch.setattr(pdf_objects, "MOST_INFLATED", 100_000)
    monkeypatch.setattr(pdf_objects.zlib, "decompressobj", Counting)
    many = [packed(f"({'x' * 200_000})", filters=filters) for _number in range(5)]
    assert look("a.pdf", letter(*many))["seen"] == ["unread"]
    assert sum(came) <= 100_001


def test_what_is_unpacked_is_limited_altogether(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_objects, "MOST_INFLATED", 1000)
    many = [packed(f"({'x' * 400})") for _number in range(3)]
    assert look("a.pdf", letter(*many))["seen"] == ["unread"]
    assert look("a.pdf", letter(many[0]))["seen"] == []
