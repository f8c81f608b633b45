"""Text with declared variables and conditions, as people who are no programmers write it.

``{{ mã hồ sơ }}`` stands for a value. ``{% nếu có số công văn %} … {% không thì %} … {% hết %}`` shows the
first part where there is such a value, ``{% nếu không có … %}`` where there is none; conditions may stand in
one another. Names and words are the same with and without diacritics, in capitals, and with more blanks.
Nothing else is read, nothing is executed, and a value is never read again.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from enum import StrEnum
from itertools import product
from typing import Final, NamedTuple

from pakn_portal.text.folding import fold
from pakn_portal.text.normalize import normalize

#: What is longer than this between the braces is no name.
_TOKEN: Final = re.compile(
    r"\{\{(?P<name>[^{}\n]{0,80})\}\}|\{%(?P<word>[^{}%\n]{0,100})%\}|\{\{|\}\}|\{%|%\}"
)
#: So many are told at once. Each costs a look over the text and over the names.
MOST_FAULTS: Final = 50
_IF: Final = ("nếu", "neu")
_NOT: Final = ("không", "khong")
_THERE_IS: Final = ("có", "co")
_ELSE: Final = "khong thi"
_END: Final = "het"


class FaultKind(StrEnum):
    """What is wrong at a place of the text."""

    UNKNOWN = "unknown"  #: a name that is not declared
    BROKEN = (
        "broken"  #: braces that are not closed, or with something in them that is neither name nor condition
    )
    UNCLOSED = "unclosed"  #: a condition without its end
    NOT_OPENED = "not_opened"  #: an end, or an “else”, without its condition


class TagFault(NamedTuple):
    """`start` and `end` are offsets in the text; `name` as it is written there; `nearest` is declared."""

    kind: FaultKind
    start: int
    end: int
    name: str
    nearest: str = ""


class TextPosition(NamedTuple):
    """Both count from 1, as people do."""

    line: int
    column: int


class _Token(NamedTuple):
    kind: str  # text, name, if, if_not, else, end, broken
    start: int
    end: int
    name: str = ""


def variable_names(text: str) -> set[str]:
    """Every name that is used, also in conditions, as :func:`name_key` has it."""
    return {name_key(token.name) for token in _tokens(text) if token.kind in ("name", "if", "if_not")}


def check_variables(text: str, known: Collection[str]) -> list[TagFault]:
    """The faults of a text that may use the `known` names, in order: the first MOST_FAULTS that are met.
    Empty: it can be rendered.
    """
    names = {name_key(name): name for name in known}
    faults, opened = [], []
    for token in _tokens(text):
        if len(faults) == MOST_FAULTS:
            break
        if token.kind == "broken":
            faults.append(TagFault(FaultKind.BROKEN, token.start, token.end, token.name))
        elif token.kind in ("name", "if", "if_not") and name_key(token.name) not in names:
            near = get_close_matches(name_key(token.name), names, n=1)
            nearest = names[near[0]] if near else ""
            faults.append(TagFault(FaultKind.UNKNOWN, token.start, token.end, token.name, nearest))
        if token.kind in ("if", "if_not"):
            opened.append((token, False))
        elif token.kind == "else" and opened and not opened[-1][1]:
            opened[-1] = (opened[-1][0], True)
        elif token.kind == "end" and opened:
            opened.pop()
        elif token.kind in ("else", "end"):
            faults.append(TagFault(FaultKind.NOT_OPENED, token.start, token.end, token.name))
    faults += [
        TagFault(FaultKind.UNCLOSED, token.start, token.end, token.name) for token, _has_else in opened
    ]
    return sorted(faults, key=lambda fault: fault.start)[:MOST_FAULTS]


def render_variables(text: str, values: Mapping[str, str]) -> str:
    """The text with its values; an empty value, or one of blanks, is none for a condition.

    A name without a value in the mapping, and what :func:`check_variables` finds broken, stand in the result
    as they are written, where a reader sees them.
    """
    given = {name_key(name): value for name, value in values.items()}
    written, shown = [], [True]
    for token in _tokens(text):
        if token.kind in ("if", "if_not"):
            is_given = bool(given.get(name_key(token.name), "").strip())
            shown.append(shown[-1] and is_given is (token.kind == "if"))
        elif token.kind == "else" and len(shown) > 1:
            shown[-1] = shown[-2] and not shown[-1]
        elif token.kind == "end" and len(shown) > 1:
            shown.pop()
        elif shown[-1]:
            whole = text[token.start : token.end]
            written.append(given.get(name_key(token.name), whole) if token.kind == "name" else whole)
    return "".join(written)


def is_always_shown(text: str, name: str) -> bool:
    """Whether the value of this name, where it has one, is in the text whatever other values there are. The
    time doubles with each other name that conditions ask for.
    """
    key, value = name_key(name), "\0"
    asked = {name_key(token.name) for token in _tokens(text) if token.kind in ("if", "if_not")} - {key}
    return all(
        value in render_variables(text, {**dict(zip(asked, given, strict=True)), key: value})
        for given in product(("", "x"), repeat=len(asked))
    )


def place_of(text: str, offset: int) -> TextPosition:
    """The line and the column of an offset."""
    return TextPosition(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def name_key(name: str) -> str:
    """By which names are compared."""
    return fold(normalize(" ".join(name.split())))


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    for match in _TOKEN.finditer(text):
        token = _token(match)
        start, end = (
            _alone_on_its_line(text, token) if token.kind in ("if", "if_not", "else", "end") else match.span()
        )
        if at < start:
            yield _Token("text", at, start)
        yield token._replace(start=match.start(), end=match.end())
        at = end
    if at < len(text):
        yield _Token("text", at, len(text))


def _token(match: re.Match[str]) -> _Token:
    start, end = match.span()
    name, word = match["name"], match["word"]
    if name is not None and name.strip():
        return _Token("name", start, end, " ".join(name.split()))
    if word is not None:
        told = " ".join(word.split())
        key = name_key(told)
        if key in (_ELSE, _END):
            return _Token("else" if key == _ELSE else "end", start, end, told)
        if condition := _condition(told):
            kind, asked = condition
            return _Token(kind, start, end, asked)
    return _Token("broken", start, end, match[0].strip())


def _condition(told: str) -> tuple[str, str] | None:
    """“nếu”, perhaps “không”, perhaps “có”, and a name. The words by their very letters, with or without
    diacritics: “cơ quan nhận” is a name and begins with none of them.
    """
    words, plain = told.split(), normalize(told).lower().split()
    if not plain or plain[0] not in _IF:
        return None
    at = 1 + (len(plain) > 1 and plain[1] in _NOT)
    kind = "if" if at == 1 else "if_not"
    at += len(plain) > at and plain[at] in _THERE_IS
    return (kind, " ".join(words[at:])) if words[at:] else None


def _alone_on_its_line(text: str, token: _Token) -> tuple[int, int]:
    """A condition that has a line to itself takes the line with it."""
    start, end = token.start, token.end
    while start and text[start - 1] in " \t":
        start -= 1
    while end < len(text) and text[end] in " \t\r":
        end += 1
    begins, ends = not start or text[start - 1] == "\n", end == len(text) or text[end] == "\n"
    if begins and ends:
        return start, min(end + 1, len(text))
    return token.start, token.end
