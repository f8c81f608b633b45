"""One person for each column of the authorisation matrix, and a stranger from a third unit."""

from __future__ import annotations

from typing import Any

from tests.factories import Ministry, make_unit, make_user

#: I intake, O officer, F focal person, H head of the lead unit, C officer of a supporting unit,
#: X officer of another unit, P publisher, L leader, T inspectorate, R auditor, M administrator of the lists,
#: N somebody without a role
LETTERS = "IOFHCXPLTRMN"


def people(ministry: Ministry) -> dict[str, Any]:
    return {
        "I": ministry.intake,
        "O": ministry.officer,
        "F": ministry.focal,
        "H": ministry.head,
        "C": ministry.other_officer,
        "X": make_user("nguoila", full_name="Đỗ Thị Lạ", unit=make_unit("Cục Trẻ em")),
        "P": ministry.publisher,
        "L": ministry.leader,
        "T": ministry.inspector,
        "R": ministry.auditor,
        "M": ministry.administrator,
        "N": ministry.nobody,
    }
