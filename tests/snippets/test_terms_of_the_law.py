"""The terms that the law sets, and those proposed to the ministry, against the rules that ship."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

import pytest

import pakn_portal

SHIPPED: Final = json.loads(
    (Path(pakn_portal.__file__).parent / "snippets" / "starter" / "deadline_rules.json").read_text()
)
REASONS: Final = json.loads(
    (Path(pakn_portal.__file__).parent / "snippets" / "starter" / "refusal_reasons.json").read_text()
)
#: Step, kind or procedure, sender, amount and unit, what its basis names; empty: the ministry decides. Those
#: of procedures that are not here yet (sessions of the National Assembly, letters that deputies forward,
#: inspection conclusions, draft documents, requests about personal data) come with them.
TERMS: Final = (
    ("intake", "", "", 2, "wd", ""),
    ("forward", "", "", 2, "wd", ""),
    ("send_back", "", "", 1, "wd", ""),
    ("draft", "", "", 10, "wd", ""),
    ("draft", "", "voter", 30, "cd", ""),
    ("draft", "", "deputy", 10, "cd", ""),
    ("refer", "", "", 5, "wd", "20/2008/NĐ-CP"),
    ("reply", "", "", 20, "cd", "574/QĐ-TTg"),
    ("reply", "question", "", 15, "wd", ""),
    ("reply", "", "voter", 60, "cd", "72/2025/NQLT"),
    ("reply", "", "deputy", 20, "cd", "121/2025/QH15"),
    ("extension", "", "citizen", 10, "wd", ""),
    ("extension", "", "business", 10, "wd", ""),
    ("progress_notice", "", "", 7, "cd", "574/QĐ-TTg"),
    ("supplement", "", "", 10, "wd", ""),
    ("publish", "", "", 5, "wd", "Tiếp cận thông tin"),
    ("correct", "", "", 5, "wd", "Tiếp cận thông tin"),
    ("hand_over", "complaint", "", 10, "cd", "02/2011/QH13, Điều 27"),
    ("hand_over", "denunciation", "", 5, "wd", "25/2018/QH14, Điều 24"),
    ("answer_notice", "", "", 3, "wd", ""),
    ("refusal_notice", "", "", 3, "wd", "154/2026/NĐ-CP"),
)
#: Whose numbers are those of an older law, or taken from another case.
TO_CHECK: Final = {
    ("reply", "deputy"),
    ("publish", ""),
    ("correct", ""),
    ("hand_over", ""),
    ("refusal_notice", ""),
}


def now_in_force() -> list[dict[str, Any]]:
    rows = [row for row in SHIPPED if row["valid_until"] is None]
    return [{**row, "kind": row["kind"] or row.get("procedure", "")} for row in rows]


def test_the_terms_that_ship_are_those_of_the_law_and_no_others() -> None:
    told = [
        (*(row[name] for name in ("step", "kind", "sender_kind", "amount", "unit")),)
        for row in now_in_force()
    ]
    assert sorted(told) == sorted(term[:5] for term in TERMS)


@pytest.mark.parametrize("term", TERMS, ids=lambda term: "-".join(filter(None, term[:3])))
def test_each_names_its_basis_and_says_what_is_to_be_checked(term: Any) -> None:
    (row,) = [row for row in now_in_force() if (row["step"], row["kind"], row["sender_kind"]) == term[:3]]
    basis = row["legal_basis"]
    assert (term[5] in basis) if term[5] else basis == ""
    assert ("cần đối chiếu" in basis) == ((term[0], term[2]) in TO_CHECK)
    # the Legal Department alone confirms
    assert row["is_verified"] is False


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason["code"])
def test_a_reason_that_rests_on_a_law_names_it_with_its_number(reason: Any) -> None:
    named = re.findall(r"(?:Luật|Nghị định) (?!này)[^,;.]*", reason["public_text"])
    assert [law for law in named if not re.search(r"số \d+/\d{4}/(?:QH|NĐ)", law)] == []
    assert "theo quy định, " not in reason["public_text"].lower()


#: Of these the law names a ground; where it is one for another act, the text says that it is an analogy.
GROUNDS: Final = {
    "no_contact": "20/2008/NĐ-CP", "not_vietnamese": "20/2008/NĐ-CP", "unclear": "20/2008/NĐ-CP",
    "not_supplemented": "20/2008/NĐ-CP",
    "already_answered": "154/2026/NĐ-CP", "handled_elsewhere": "154/2026/NĐ-CP",
    "court_judgment": "154/2026/NĐ-CP", "no_authority": "154/2026/NĐ-CP", "already_guided": "154/2026/NĐ-CP",
    "complaint": "02/2011/QH13", "denunciation": "25/2018/QH14",
}  # fmt: skip


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason["code"])
def test_a_reason_with_a_ground_in_the_law_tells_it(reason: Any) -> None:
    for told in (reason["public_text"], reason["en"]["public_text"]):
        found = re.findall(r"\d+/\d{4}/(?:QH\d+|NĐ-CP)", told)
        assert found == [law for law in [GROUNDS.get(reason["code"])] if law]
    assert ("tương tự" in reason["public_text"]) == ("154/2026" in GROUNDS.get(reason["code"], ""))
