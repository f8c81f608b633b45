"""The rows that ship with the section, `starter/`, in Vietnamese or English."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from pakn_portal.conf import ENGLISH, VIETNAMESE

_FOLDER: Final = Path(__file__).parent / "starter"


def read(name: str, language: str = VIETNAMESE) -> list[dict[str, Any]]:
    """The rows of one starter file. A row has its English beside its Vietnamese words; where it has none
    (synonyms, which look into Vietnamese text), the Vietnamese stand.
    """
    rows = json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return [_in(language, row) for row in rows]


def _in(language: str, row: dict[str, Any]) -> dict[str, Any]:
    english = row.pop("en", {})
    return {**row, **english} if language == ENGLISH else row
