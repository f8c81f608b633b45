"""The check for missing translations sees what no catalogue can."""

from __future__ import annotations

import pytest

from scripts.missing_translations import hidden_in


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("said = f'{_(\"Case\")}: 1'", [1]),
        ("said = f'{a}'\n\nsaid = f'{a} {ngettext(\"a\", \"b\", 2) % {}}'", [3]),
        ('said = f\'{a:{pgettext("month", "May")}}\'', [1]),
        ("said = f'{translation.gettext_lazy(\"Case\")}'", [1]),
        ("said = f'{a}' + _('Case')", []),
        ("said = _('%(a)s') % {'a': f'{b}'}", []),
        ("said = f'{label_of(verb)}'", []),
    ],
)
def test_a_message_inside_an_f_string_is_told(source: str, lines: list[int]) -> None:
    assert [int(told.partition(":")[0]) for told in hidden_in(source)] == lines
