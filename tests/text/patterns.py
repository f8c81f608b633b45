"""`python -m tests.text.patterns`: every regular expression that the texts of people meet, as lines of JSON.

In a process of its own, for most are compiled on import; the last value of a line says so. Those made of a
sender's values come by a sender.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import re
import sys
from pathlib import Path
from typing import Any

import django

PLACES = ("pakn_portal/text/", "pakn_portal/templatetags/pakn_text")
SENDER = [
    ("name", "Nguyễn Thị Thu Cúc"),
    ("phone", "0912345678"),
    ("email", "cuc.nguyen@example.vn"),
    ("address", "12 Lê Lợi, Phường Bến Nghé"),
    ("organisation", "Công ty TNHH Một Hai"),
]


def main() -> None:
    compiling = re._compile  # type: ignore[attr-defined]
    found: dict[tuple[str, str, int], bool] = {}

    def watched(pattern: Any, flags: Any) -> Any:
        made = compiling(pattern, flags)
        caller = Path(sys._getframe(2).f_code.co_filename).as_posix()
        if any(place in caller for place in PLACES):
            found.setdefault((caller.rpartition("/")[2], made.pattern, made.flags), not is_loaded)
        return made

    re._compile, is_loaded = watched, False  # type: ignore[attr-defined]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings.sqlite")
    django.setup()
    is_loaded = True
    read_everything()
    for each, is_on_loading in sorted(found.items()):
        print(json.dumps([*each, is_on_loading]))


def read_everything() -> None:
    from pakn_portal import text
    from tests.text.hostile import READERS

    for module in pkgutil.walk_packages(text.__path__, "pakn_portal.text."):
        importlib.import_module(module.name)
    plain = "Bà Nguyễn Thị Thu Cúc, 0912 345 678, hỏi về số 12/2020/NĐ-CP, điều 3.\n- Kính mong Bộ trả lời."
    for read in READERS.values():
        read(plain)
    text.find_personal_data(plain, SENDER)


if __name__ == "__main__":
    main()
