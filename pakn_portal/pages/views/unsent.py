"""A form that came without what shows that it is ours: nothing is done, and its own page shows it again.

`csrf.py` says so on the request; each view that takes words of people asks `why_unsent` before it acts.
"""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest

_SENTENCE: Final = "_pakn_unsent"
#: The attribute of the request that the summaries of errors read: what stands below the sentence.
_REASON: Final = "pakn_unsent_reason"


def why_unsent(request: HttpRequest) -> str:
    """The sentence above the form; empty for a request that may act."""
    return getattr(request, _SENTENCE, "")


def leave_unsent(request: HttpRequest, sentence: str, reason: str) -> None:
    setattr(request, _SENTENCE, sentence)
    setattr(request, _REASON, reason)
