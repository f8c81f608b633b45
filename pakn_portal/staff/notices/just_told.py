"""What an act on letters leaves to the page that it leads to: which of them have their addresses this once,
and which were refused. The page is an address, so it is there again after a reload, without the addresses:
each making of an addressed letter is answered for by its own line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from django.http import HttpRequest, HttpResponseRedirect

_KEY: Final = "pakn_letters_addressed"


def see_other(url: str) -> HttpResponseRedirect:
    """To what the act made: it is not done again by a reload."""
    return HttpResponseRedirect(url, status=303)


def leave(request: HttpRequest, addressed: Iterable[int], refused: Mapping[int, str] | None = None) -> None:
    """For the next page."""
    refusals = {str(key): sentence for key, sentence in (refused or {}).items()}
    request.session[_KEY] = {"addressed": list(addressed), "refused": refusals}


def take(request: HttpRequest) -> tuple[set[int], dict[int, str]]:
    """Once: the letters with their addresses, and why others were refused."""
    left = request.session.pop(_KEY, None) if request.method == "GET" else None
    left = left or {}
    return set(left.get("addressed", ())), {
        int(key): sentence for key, sentence in left.get("refused", {}).items()
    }
