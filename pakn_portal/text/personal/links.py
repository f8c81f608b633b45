"""Profiles of people on other sites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pakn_portal.text.letters import UPPER_LETTERS
from pakn_portal.text.personal.view import HIDDEN, FindCandidate, View

_SITES: Final = (
    r"(?:facebook|fb|instagram|tiktok|twitter|linkedin|youtube|threads|zalo|telegram|messenger)\.(?:com"
    r"|me|net|vn|org)"
    r"|(?:x|m\.me|fb\.me|t\.me|zalo\.me|chat\.zalo\.me|wa\.me|youtu\.be)(?=/)"
)
_PROFILE = re.compile(
    rf"(?<![a-z0-9.\-@{HIDDEN}])(?:https?://)?(?:www\.|m\.|vi-vn\.|web\.)?(?:{_SITES})"
    rf"/[^\s<>\"'()\[\],;{HIDDEN}]{{1,200}}"
)
_END = re.compile(r"[.,;:!?…]{1,20}\Z")
_SHOWN: Final = f"[{UPPER_LETTERS}][^\\W\\d_]{{1,9}}"
#: An account by the name that it shows, or by its handle.
_NICK = re.compile(
    f"(?<!\\w)(?i:(?:nick|tài khoản|trang|acc|account|tk) (?:facebook|fb|zalo|tiktok|telegram"
    f"|instagram)(?: tên| là| tên là)?)"
    f":? ({_SHOWN}(?: {_SHOWN}){{1,4}}|@?[A-Za-z][\\w.]{{3,30}}[0-9_.][\\w]{{0,20}})"
)
_SHOWN_AT = re.compile(
    "(?<!\\w)(?:(?i:facebook|fb|tiktok)(?i: tên| là)?"
    "|(?i:zalo|viber|tele|telegram|messenger)(?i: mang tên| tên))"
    f"(?i: là)?:? ({_SHOWN}(?: {_SHOWN}){{1,4}})"
)
_HANDLE = re.compile(
    rf"(?<![\w@.{HIDDEN}])(?i:facebook|fb|tiktok|telegram|tele|zalo|instagram|insta|ig|messenger|threads|discord"
    rf"|twitter|youtube|wechat|viber)[^\w\n@](?:[^\n@]{{0,24}}[^\w.@])?(@[A-Za-z][\w.]{{2,30}})"
)
_SKYPE = re.compile(r"(?<!\w)(?i:skype)[: ]{1,3}((?:live:)?(?:\.cid\.)?[A-Za-z]\w{1,24}[0-9_.]\w{0,24})")


def find_links(view: View) -> Iterator[FindCandidate]:
    """Addresses of profiles are sure; the name that an account shows is not."""
    for match in _PROFILE.finditer(view.folded):
        end = match.end() - len(trailing[0]) if (trailing := _END.search(match[0])) else match.end()
        yield FindCandidate(match.start(), end, "profile", -1)
    for pattern in (_NICK, _SHOWN_AT, _HANDLE, _SKYPE):
        for match in pattern.finditer(view.typed):
            yield FindCandidate(*match.span(1), "profile", 2, False)
