"""Our list to choose from is Django's, but for what it costs to draw."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.test import SimpleTestCase

from pakn_portal.snippets.choices import Select

GROUPS = [("", "Choose…"), ("Miền Bắc", [("hn", "Hà Nội"), ("hp", "“Hải” & <Phòng>")]), (3, "Huế")]


@pytest.mark.parametrize("value", [None, "", "hp", 3, "3", "gone"])
@pytest.mark.parametrize("attrs", [{}, {"id": "id_place", "required": True, "aria-invalid": "true"}])
def test_it_is_what_django_draws(value: Any, attrs: dict[str, Any]) -> None:
    ours, djangos = Select(choices=GROUPS), forms.Select(choices=GROUPS)
    SimpleTestCase().assertHTMLEqual(
        ours.render("place", value, attrs), djangos.render("place", value, attrs)
    )
