"""Addresses of the staff side. `back` is the query of the list one came from, so that one returns to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from pakn_portal.cases.enums import Verb

#: Beneath the admin's own address.
BASE = "pakn/cases"
NAME = "pakn_cases"
BACK = "back"
#: The number of the other case, for the move that joins two.
MASTER = "master"
#: Longer queries are dropped rather than carried along.
LONGEST_BACK = 1500


def list_url(**query: Any) -> str:
    """The list of cases; `list_url(scope="mine", due="overdue")`."""
    url = reverse(f"{NAME}_modeladmin_index")
    return f"{url}?{urlencode(query)}" if query else url


def results_url() -> str:
    """The list without its header."""
    return reverse(f"{NAME}_modeladmin_results")


def views_url() -> str:
    """Where a saved view is kept or dropped."""
    return reverse(f"{NAME}_modeladmin_views")


def entry_url() -> str:
    """The form for a case that came by letter, telephone or in person."""
    return reverse(f"{NAME}_modeladmin_entry")


def entry_receipt_url() -> str:
    """Of one's last entry, once more."""
    return reverse(f"{NAME}_modeladmin_receipt")


def entry_look_url() -> str:
    """What is like the case that is being entered."""
    return reverse(f"{NAME}_modeladmin_look")


def case_url(pk: int, back: str = "") -> str:
    return _with_back(reverse(f"{NAME}_modeladmin_inspect", args=[pk]), back)


def intake_url(pk: int, back: str = "") -> str:
    """Where the form of intake in one act is sent."""
    return _with_back(reverse(f"{NAME}_modeladmin_intake", args=[pk]), back)


def next_intake_url() -> str:
    """Opens the first case that waits to be received."""
    return reverse(f"{NAME}_modeladmin_next_intake")


def duplicate_url(pk: int, master: str, back: str = "") -> str:
    """The move that joins a case to the one with this number, and both side by side."""
    query = {MASTER: master, **({BACK: back} if back else {})}
    return f"{move_url(pk, Verb.MARK_DUPLICATE)}?{urlencode(query)}"


def bulk_url(verb: Verb | str = "", keys: Iterable[int] = (), back: str = "") -> str:
    """The form of one action on many cases."""
    query = [*([("verb", str(verb))] if verb else []), *(("id", str(key)) for key in keys)]
    query += [(BACK, back)] if back else []
    url = reverse(f"{NAME}_modeladmin_bulk")
    return f"{url}?{urlencode(query)}" if query else url


def read_url(pk: int, back: str = "") -> str:
    """Where a publisher says that they have read a text to its end."""
    return _with_back(reverse(f"{NAME}_modeladmin_read", args=[pk]), back)


def contacts_url(pk: int, back: str = "") -> str:
    return _with_back(reverse(f"{NAME}_modeladmin_contacts", args=[pk]), back)


def move_url(pk: int, verb: Verb | str, back: str = "") -> str:
    """The form of one action on one case."""
    return _with_back(reverse(f"{NAME}_modeladmin_move", args=[pk, str(verb)]), back)


def notices_url() -> str:
    """The senders without e-mail who are to be told something."""
    return reverse("pakn_notices_modeladmin_index")


def notice_url(case_pk: int, pk: int) -> str:
    """The letter of one of them, and the mark that it is done."""
    return reverse("pakn_notices_modeladmin_inspect", args=[case_pk, pk])


def letters_of_notices_url(keys: Iterable[int] = ()) -> str:
    """The letters of several of them, as one document."""
    query = urlencode([("notice", str(key)) for key in keys])
    url = reverse("pakn_notices_modeladmin_letters")
    return f"{url}?{query}" if query else url


def told_letters_url(keys: Iterable[int] = ()) -> str:
    """Those that were told just now, as they were sent."""
    query = urlencode([("notice", str(key)) for key in keys])
    url = reverse("pakn_notices_modeladmin_told")
    return f"{url}?{query}" if query else url


def past_letter_url(pk: int, kind: str, act: int, back: str = "", *, lead: int | None = None) -> str:
    """A letter of an act before where the case stands now; `lead`: the key of the case whose act it was,
    where it is another.
    """
    keys = [pk, str(kind), act, *([lead] if lead is not None else [])]
    return _with_back(reverse(f"{NAME}_modeladmin_past_letter", args=keys), back)


def letter_url(pk: int, kind: str, back: str = "") -> str:
    """One letter that a case has now."""
    return _with_back(reverse(f"{NAME}_modeladmin_letter", args=[pk, str(kind)]), back)


def back_of(request: HttpRequest) -> str:
    """The query of the list, cleaned: it only ever becomes a query of our own list."""
    given = request.GET.get(BACK, "")
    return QueryDict(given).urlencode() if len(given) <= LONGEST_BACK else ""


def list_url_from(back: str) -> str:
    return f"{list_url()}?{back}" if back else list_url()


def number_in(text: str | None) -> int | None:
    """A key, a version or a page as an address or a hidden field names it; None for anything else. A “²” is a
    digit to Python and no number, and more than 18 figures are none to the database.
    """
    return int(text) if text is not None and re.fullmatch(r"[0-9]{1,18}", text) else None


def _with_back(url: str, back: str) -> str:
    return f"{url}?{urlencode({BACK: back})}" if back else url
