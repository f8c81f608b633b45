"""What is written and not sent yet waits at a place: which form it is, of which case."""

from __future__ import annotations

import re
from collections.abc import Iterable
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


def places_of(cases: Iterable[int]) -> str:
    """Of a form about several cases: one place behind the other, so that `place_of(pk, "")` is part of it."""
    return "".join(place_of(pk, "") for pk in cases)


def cases_at(places: str) -> list[int]:
    """The keys of the cases in `places_of`, or of the one at such a place."""
    return [int(pk) for pk in re.findall(rf"{OF_CASES}(\d+)/", places)]
