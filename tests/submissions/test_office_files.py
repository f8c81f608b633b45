"""Office files since 2007: what they are is read from what they say, not from the names of their parts."""

from __future__ import annotations

import pytest

from pakn_portal.submissions.files import check_file
from pakn_portal.submissions.reading import work
from tests.submissions.corpus.office import ORDINARY, REFUSED, WARNED, xlsx
from tests.submissions.files import docx_bytes, xlsx_bytes
from tests.submissions.uploading import look, uploaded


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


def test_a_formula_of_brackets_is_read_once() -> None:
    """Each bracket was read to the end, and a file of 1 kB took all the time there is."""
    name, content = xlsx(f"<row><c><f>{'[' * 200_000}</f></c></row>")
    assert check_file(*uploaded(name, content)).warnings == set()


def test_what_is_inside_counts_with_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    figures = xlsx("<row/>" * 1000)[1]
    letter = docx_bytes({f"word/embeddings/{number}.xlsx": figures for number in range(10)})
    assert look("a.docx", letter) == {"seen": ["embedded"]}
    monkeypatch.setattr(work, "MOST_PIECES", 5000)
    assert look("a.docx", letter) == {"refused": "complex"}
    monkeypatch.undo()
    monkeypatch.setattr(work, "MOST_UNPACKED", 50_000)
    assert look("a.docx", letter) == {"refused": "complex"}


FIGURES = "word/embeddings/Microsoft_Excel_Worksheet.xlsx"


def test_a_letter_with_a_chart_is_taken_and_its_workbook_told() -> None:
    letter = docx_bytes({"word/charts/chart1.xml": b"<chartSpace/>", FIGURES: xlsx_bytes({})})
    assert look("a.docx", letter) == {"seen": ["embedded"]}


@pytest.mark.parametrize(
    "figures",
    [
        xlsx_bytes({"xl/vbaProject.bin": b"x"}),
        xlsx_bytes({"xl/embeddings/more.xlsx": xlsx_bytes({})}),
        xlsx_bytes({"xl/externalLinks/externalLink1.xml": b"<externalLink><ddeLink/></externalLink>"}),
        docx_bytes({}),
        b"MZ" + b"\0" * 100,
        b"no workbook",
        b"",
    ],
    ids=["macros", "workbook-in-workbook", "dde", "letter", "program", "text", "nothing"],
)
def test_what_is_no_harmless_workbook_is_no_chart_of_a_letter(figures: bytes) -> None:
    assert "refused" in look("a.docx", docx_bytes({FIGURES: figures}))


def test_what_the_workbook_of_a_chart_fetches_is_told() -> None:
    figures = xlsx_bytes({"xl/externalLinks/externalLink1.xml": b"<externalLink/>"})
    assert set(look("a.docx", docx_bytes({FIGURES: figures}))["seen"]) == {"embedded", "external"}


def test_a_letter_with_hundreds_of_workbooks_is_refused() -> None:
    workbooks = {f"word/embeddings/{number}.xlsx": xlsx_bytes({}) for number in range(30)}
    assert look("a.docx", docx_bytes(workbooks)).get("refused") == "complex"
