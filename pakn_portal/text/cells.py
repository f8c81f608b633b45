"""Cells of a spreadsheet: text that no program takes for a formula."""

from __future__ import annotations

from typing import Final

#: What a formula begins with.
_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def is_formula(text: str) -> bool:
    """Programs skip spaces and take an opening quotation mark as their own before they look."""
    return text.startswith(_DANGEROUS) or text.lstrip(" \u00a0\u3000\"'").startswith(_DANGEROUS)


def as_text(text: str) -> str:
    """With an apostrophe before it where it would be computed, in Excel and in LibreOffice."""
    return f"'{text}" if is_formula(text) else text


def from_text(cell: str) -> str:
    """What `as_text` was given."""
    return cell[1:] if cell.startswith("'") and is_formula(cell[1:]) else cell
