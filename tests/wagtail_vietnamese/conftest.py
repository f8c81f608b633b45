from __future__ import annotations

from tests.staff.conftest import as_user, ministry

__all__ = ["as_user", "ministry"]
