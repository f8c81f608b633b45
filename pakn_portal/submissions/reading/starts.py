"""How pictures begin; recognises one that has another type's name."""

from __future__ import annotations

from typing import Final

PICTURES: Final = {"png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}
