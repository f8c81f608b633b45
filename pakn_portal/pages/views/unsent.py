"""A form that came without what shows that it is ours: nothing is done, and its own page shows it again.

`csrf.py` says so on the request; each view that takes words of people asks `why_unsent` before it acts.
"""

from __future__ import annotations

from django.http import HttpRequest

_WHY = "_pakn_unsent"


def why_unsent(request: HttpRequest) -> str:
    """The sentence above the form; empty for a request that may act."""
    return getattr(request, _WHY, "")


def leave_unsent(request: HttpRequest, why: str) -> None:
    setattr(request, _WHY, why)
