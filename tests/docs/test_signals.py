from __future__ import annotations

from django.dispatch import Signal

from pakn_portal import signals
from tests.docs.pages import DOCS, names


def test_every_signal_is_in_the_table_and_nothing_else() -> None:
    known = [name for name, value in vars(signals).items() if isinstance(value, Signal)]
    assert sorted(names(DOCS / "reference" / "signals.md", "Signals")) == sorted(known)
