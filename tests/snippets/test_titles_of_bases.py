"""What a reader is told of a document that an answer rests on."""

from __future__ import annotations

import pytest

from pakn_portal.snippets.models.legal_basis import LegalBasis, with_titles

pytestmark = pytest.mark.django_db

DECREE = "Nghị định số 131/2021/NĐ-CP quy định chi tiết Pháp lệnh Ưu đãi người có công"


@pytest.fixture(autouse=True)
def listed() -> None:
    LegalBasis.objects.all().delete()
    title = "Nghị định quy định chi tiết Pháp lệnh Ưu đãi người có công"
    LegalBasis.objects.create(number="131/2021/NĐ-CP", title=title)
    LegalBasis.objects.create(number="74/2025/QH15", title="Luật Việc làm")
    LegalBasis.objects.create(number="15/2025/TT-BNV", title="Labour statistics")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("131/2021/NĐ-CP", DECREE),
        ("Nghị định 131/2021/NĐ-CP", DECREE),
        ("Khoản 2 Điều 5 Nghị định số 131/2021/NĐ-CP", f"Khoản 2 Điều 5 {DECREE}"),
        ("131/2021/NĐ-CP, Điều 5", f"{DECREE}, Điều 5"),
        (
            "Nghị định số 131/2021/NĐ-CP ngày 30/12/2021 của Chính phủ",
            DECREE.replace("NĐ-CP quy", "NĐ-CP ngày 30/12/2021 của Chính phủ quy"),
        ),
        ("Luật số 74/2025/QH15", "Luật Việc làm số 74/2025/QH15"),
        ("74/2025/QH15", "Luật Việc làm số 74/2025/QH15"),
        ("Luật Việc làm 74/2025/QH15", "Luật Việc làm 74/2025/QH15"),
        (DECREE, DECREE),
        ("Nghị định 131/2021/NĐ-CP về người có công", "Nghị định 131/2021/NĐ-CP về người có công"),
        ("15/2025/TT-BNV", "15/2025/TT-BNV (Labour statistics)"),
        ("99/2020/NĐ-CP", "99/2020/NĐ-CP"),
        ("Điều 4 và 131/2021/NĐ-CP; 74/2025/QH15", f"Điều 4 và {DECREE}; Luật Việc làm số 74/2025/QH15"),
    ],
)
def test_a_document_has_its_title(written: str, told: str) -> None:
    assert with_titles([written]) == [told]


def test_only_where_it_is_named_first() -> None:
    lines = ["Điều 4 131/2021/NĐ-CP", "Điều 7 Nghị định 131/2021/NĐ-CP"]
    assert with_titles(lines) == [f"Điều 4 {DECREE}", "Điều 7 Nghị định 131/2021/NĐ-CP"]
