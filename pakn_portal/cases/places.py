"""What is written and not sent yet waits at a place: which form it is, of which case."""

from __future__ import annotations

import re
from typing import Final

#: How the places of forms about one case begin.
OF_CASES: Final = "case/"
#: What the sender is adding on the tracking page.
OF_SENDER: Final = "sender"


def place_of(pk: int, act: str) -> str:
    """The form of one act on one case."""
    return f"{OF_CASES}{pk}/{act}"


def case_at(place: str) -> int | None:
    """The key of the case that the form there is about; None where it is about none or several."""
    found = re.match(rf"{OF_CASES}(\d+)/", place)
    return int(found[1]) if found else None
