from __future__ import annotations

from pakn_portal.management.verify.invariants import INVARIANTS
from tests.docs.pages import DOCS, code, tables

PAGE = DOCS / "reference" / "invariants.md"


def test_every_invariant_is_in_the_table_with_its_sentence() -> None:
    documented = [(code(row[0]), row[1]) for row in tables(PAGE) if code(row[0])]
    assert documented == [(rule.code, rule.sentence) for rule in INVARIANTS]
