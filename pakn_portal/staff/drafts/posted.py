"""What a form of staff posts beside the words that a person wrote in it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection
from typing import Final

from django.http import HttpRequest, QueryDict

#: The button that keeps the words without carrying anything out; by a script it may also only say that the
#: form is open.
KEEP: Final = "keep_draft"
ONLY_SEEN: Final = "seen"
#: A random word of one opened form, which is carried out once.
ONCE: Final = "once"
#: The button that throws a kept text away; its value is the key of the row.
DROP: Final = "drop_draft"
#: The button that takes the chosen files and carries nothing out; in an address, that it was pressed.
ATTACH: Final = "attach"
#: In an address: the draft is what was written when the session was lost.
TAKEN_BACK: Final = "taken_back"
#: The button that changes the form for another kind of sender; its value is the kind of before.
SWITCH: Final = "switch"
#: The field, and in an address the query, that names the row of this form.
KEY: Final = "kept"
REVISION: Final = "kept_revision"
#: A random word of one opened page: its own answer may have been lost on the way.
TAB: Final = "kept_tab"
WRITER: Final = "writer"
#: The field with the key under which files wait for the form.
FORM_KEY: Final = "form_key"
#: What is posted and is none of the words. The version is one: it says from which state they were written.
NOT_WORDS: Final = frozenset(
    {"csrfmiddlewaretoken", WRITER, KEEP, DROP, KEY, REVISION, TAB, ONCE, SWITCH, ATTACH, "shown_again"}
)
_KEEPS: Final = "X-Pakn-Keep"
#: Asks for a part of the page alone, and names it.
PART: Final = "X-Pakn-Part"
#: The attribute of a request that brought words which were not there before.
HAS_NEW: Final = "_pakn_new_words"


def is_by_script(request: HttpRequest) -> bool:
    """Posted by the page itself while somebody writes: the answer is for a script, and the words stay where
    they are.
    """
    return _KEEPS in request.headers or PART in request.headers


def is_by_itself(request: HttpRequest) -> bool:
    """Sent by an open page though nobody need be there, so that it does not lengthen a session: only words
    that were kept for the first time say that somebody writes. Known once the request is answered.
    """
    return _KEEPS in request.headers and not hasattr(request, HAS_NEW)


def is_about_drafts(request: HttpRequest) -> bool:
    """Nothing is to be carried out."""
    return KEEP in request.POST or DROP in request.POST


def posted_words(request: HttpRequest, *, and_also: Collection[str] = ()) -> str:
    """`and_also`: what is none of the words and is kept beside them."""
    words = request.POST.copy()
    for name in NOT_WORDS.difference(and_also):
        words.pop(name, None)
    return words.urlencode()


def kept_key(values: QueryDict) -> str:
    return str(values.get(KEY, ""))


def as_uuid(text: str) -> uuid.UUID:
    """What was given, or one that no row has."""
    is_one = re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text)
    return uuid.UUID(text) if is_one else uuid.UUID(int=0)


def as_number(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else -1
