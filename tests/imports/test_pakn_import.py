from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from pakn_portal.pages.answers.page import AnswerPage
from pakn_portal.pages.legal_text import LegalText

ANSWER = {
    "id": "cu-1",
    "kind": "question",
    "title": "Mức hưởng trợ cấp thất nghiệp tính thế nào?",
    "question": "Tôi đóng bảo hiểm thất nghiệp 3 năm thì hưởng mấy tháng?",
    "answer": "Cứ đóng đủ 12 tháng đến 36 tháng thì được hưởng 3 tháng trợ cấp.",
    "sector": "viec-lam-bhtn",
    "asked_on": "2026-03-02",
    "answered_on": "10/03/2026",
    "legal_bases": ["38/2013/QH13", "28/2015/NĐ-CP"],
    "outcome": "explained",
}
PLAIN = {"id": "faq-7", "kind": "qa", "title": "Ai được nghỉ hưu sớm?", "body": "Người làm nghề nặng nhọc."}
ARTICLE = {
    "id": "luat-1",
    "kind": "law_article",
    "title": "Phạm vi điều chỉnh",
    "body": "Luật này quy định về việc làm.",
    "law_no": "38/2013/QH13",
    "law_name": "Luật Việc làm",
    "article_no": "1",
    "issued": "16/11/2013",
    "field": "Việc làm",
}


@pytest.fixture
def file(tmp_path: Path) -> Any:
    def write(*rows: Any, name: str = "cu.jsonl") -> Path:
        path = tmp_path / name
        path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows))
        return path

    return write


def run(path: Path, **options: Any) -> tuple[list[str], str, int]:
    """Standard output's lines, standard error, and the exit code."""
    out, err = StringIO(), StringIO()
    try:
        call_command("pakn_import", str(path), stdout=out, stderr=err, **options)
    except SystemExit as end:
        return out.getvalue().splitlines(), err.getvalue(), int(end.code or 0)
    return out.getvalue().splitlines(), err.getvalue(), 0


def test_answers_become_pages_and_articles_become_rows(section: Any, file: Any) -> None:
    lines, errors, code = run(file(ANSWER, PLAIN, ARTICLE))
    assert (lines[-1], errors, code) == ("3 rows: 3 new, 0 changed, 0 unchanged, 0 refused", "", 0)
    page = AnswerPage.objects.get(source_id="cu-1")
    assert page.live
    assert (page.title, page.question, page.answer) == (
        ANSWER["title"],
        ANSWER["question"],
        ANSWER["answer"],
    )
    assert (str(page.asked_on), str(page.answered_on), page.sector.code) == (
        "2026-03-02",
        "2026-03-10",
        "viec-lam-bhtn",
    )
    assert page.legal_bases.splitlines() == ANSWER["legal_bases"]
    assert page.slug == "muc-huong-tro-cap-that-nghiep-tinh-the-nao-cu-1"
    text = LegalText.objects.get()
    assert (text.law_number, text.article_number, str(text.issued_on)) == ("38/2013/QH13", "1", "2013-11-16")


def test_a_second_run_changes_nothing(section: Any, file: Any) -> None:
    path = file(ANSWER, PLAIN, ARTICLE)
    run(path)
    before = list(AnswerPage.objects.order_by("pk").values_list("pk", "latest_revision"))
    lines, _, code = run(path)
    assert (lines[-1], code) == ("3 rows: 0 new, 0 changed, 3 unchanged, 0 refused", 0)
    assert list(AnswerPage.objects.order_by("pk").values_list("pk", "latest_revision")) == before


def test_a_changed_row_corrects_its_page(section: Any, file: Any) -> None:
    run(file(ANSWER, ARTICLE))
    changed = {**ANSWER, "answer": "Được hưởng 3 tháng."}
    lines, _, _ = run(file(changed, {**ARTICLE, "body": "Luật này quy định chính sách việc làm."}))
    assert lines[-1] == "2 rows: 0 new, 2 changed, 0 unchanged, 0 refused"
    assert AnswerPage.objects.get().answer == "Được hưởng 3 tháng."
    assert LegalText.objects.get().body == "Luật này quy định chính sách việc làm."


def test_an_answer_taken_off_the_site_stays_off(section: Any, file: Any) -> None:
    path = file(ANSWER)
    run(path)
    AnswerPage.objects.get().unpublish()
    lines, _, _ = run(path)
    assert lines[-1] == "1 rows: 0 new, 0 changed, 1 unchanged, 0 refused"
    assert not AnswerPage.objects.get().live


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("{không phải json", "not JSON"),
        ("[1, 2]", "not a JSON object"),
        ({**ANSWER, "id": ""}, "“id”"),
        ({**ANSWER, "title": " "}, "“title”"),
        ({**ANSWER, "answer": ""}, "“body”"),
        ({**ANSWER, "kind": "complaint"}, "“kind”"),
        ({**ANSWER, "sector": "khong-co"}, "khong-co"),
        ({**ANSWER, "asked_on": "31/02/2026"}, "“asked_on”"),
        ({**ANSWER, "title": {"vi": "x"}}, "“title”"),
        ({**ANSWER, "answer": "a" * 200_001}, "“answer”"),
    ],
)
def test_a_bad_row_is_told_and_the_others_go_in(section: Any, file: Any, row: Any, reason: str) -> None:
    from django.utils import translation

    with translation.override("en"):
        lines, errors, code = run(file(PLAIN, row, ARTICLE))
    assert lines[-1] == "3 rows: 2 new, 0 changed, 0 unchanged, 1 refused"
    assert errors.startswith("line 2: ") and reason in errors
    assert code == 1
    assert AnswerPage.objects.get().source_id == "faq-7"


def test_text_in_an_old_encoding_is_refused_not_stored_as_garbage(section: Any, tmp_path: Path) -> None:
    path = tmp_path / "cu.jsonl"
    path.write_bytes(json.dumps(PLAIN, ensure_ascii=False).encode("cp1258", errors="ignore"))
    lines, errors, code = run(path)
    assert (lines[-1], code) == ("1 rows: 0 new, 0 changed, 0 unchanged, 1 refused", 1)
    assert "UTF-8" in errors


def test_the_same_identifier_twice_is_refused(section: Any, file: Any) -> None:
    lines, errors, _ = run(file(PLAIN, {**PLAIN, "title": "Khác"}))
    assert lines[-1] == "2 rows: 1 new, 0 changed, 0 unchanged, 1 refused"
    assert errors.startswith("line 2: ")


def test_possible_personal_data_is_told(section: Any, file: Any) -> None:
    _, errors, code = run(file({**PLAIN, "body": "Gọi ông Nam theo số 0912 345 678."}))
    assert errors.startswith("line 1: ") and "phone" in errors
    assert code == 0


def test_a_dry_run_stores_nothing(section: Any, file: Any) -> None:
    lines, _, _ = run(file(ANSWER, ARTICLE), dry_run=True)
    assert lines[-1] == "2 rows: 2 new, 0 changed, 0 unchanged, 0 refused (nothing was stored)"
    assert not AnswerPage.objects.exists() and not LegalText.objects.exists()


def test_progress_counts_to_the_end(section: Any, file: Any) -> None:
    rows = [{**ARTICLE, "id": f"luat-{n}"} for n in range(5)]
    lines, _, _ = run(file(*rows), batch=2)
    assert lines[:-1] == ["2 of 5", "4 of 5", "5 of 5"]


def test_csv_and_xlsx_say_the_same_as_jsonl(section: Any, tmp_path: Path) -> None:
    row = {name: value for name, value in ANSWER.items() if name != "legal_bases"}
    with (tmp_path / "cu.csv").open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, row, delimiter=";")
        writer.writeheader()
        writer.writerow(row)
    book = Workbook()
    book.active.append(list(row))
    book.active.append(list(row.values()))
    book.save(tmp_path / "cu.xlsx")
    lines, _, _ = run(tmp_path / "cu.csv")
    assert lines[-1] == "1 rows: 1 new, 0 changed, 0 unchanged, 0 refused"
    lines, _, _ = run(tmp_path / "cu.xlsx")
    assert lines[-1] == "1 rows: 0 new, 0 changed, 1 unchanged, 0 refused"


def test_queries_do_not_grow_with_articles(section: Any, file: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        run(file({**ARTICLE, "id": "a-0"}))
    with CaptureQueriesContext(connection) as thirty:
        run(file(*[{**ARTICLE, "id": f"b-{n}"} for n in range(30)]))
    assert len(thirty) == len(one)


def test_another_kind_of_file_is_refused(section: Any, tmp_path: Path) -> None:
    path = tmp_path / "cu.docx"
    path.write_text("x")
    with pytest.raises(CommandError):
        call_command("pakn_import", str(path))
