"""A list to choose from, drawn in one go."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class Select(forms.Select):
    """The same HTML as Django's. Its template draws another one for each choice, which for the provinces, or
    for 300 units, costs more than the rest of the form.
    """

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        widget = self.get_context(name, value, attrs)["widget"]
        groups = format_html_join("", "{}", ((_group(*group),) for group in widget["optgroups"]))
        return format_html('<select name="{}"{}>{}\n</select>', name, flatatt(widget["attrs"]), groups)


def _group(label: str | None, options: list[dict[str, Any]], _index: int) -> SafeString:
    drawn = format_html_join(
        "",
        '\n  <option value="{}"{}>{}</option>',
        ((each["value"], flatatt(each["attrs"]), each["label"]) for each in options),
    )
    return format_html('\n  <optgroup label="{}">{}\n  </optgroup>', label, drawn) if label else drawn
