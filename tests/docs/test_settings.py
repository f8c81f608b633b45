from __future__ import annotations

from ast import literal_eval
from typing import Any

import pytest

from pakn_portal.conf import DEFAULTS
from tests.docs.pages import DOCS, code, names, tables

PAGE = DOCS / "reference" / "settings.md"
PARTS = [name for name, default in DEFAULTS.items() if isinstance(default, dict)]


def documented_defaults(heading: str) -> dict[str, Any]:
    rows = tables(PAGE, heading)
    return {code(row[0]): literal_eval(code(row[1])) for row in rows if code(row[1])}


def test_every_setting_is_in_the_table_and_nothing_else() -> None:
    assert sorted(names(PAGE, "PAKN_PORTAL")) == sorted(DEFAULTS)


def test_the_defaults_are_those_of_the_code() -> None:
    plain = {name: default for name, default in DEFAULTS.items() if name not in PARTS}
    assert documented_defaults("PAKN_PORTAL") == plain


@pytest.mark.parametrize("name", PARTS)
def test_the_keys_of_a_dict_have_a_table_of_their_own(name: str) -> None:
    assert documented_defaults(name) == DEFAULTS[name]
