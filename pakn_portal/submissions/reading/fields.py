"""The fields of letters, old and new: joined from their pieces, however they are nested."""

from __future__ import annotations

import re
from typing import Final

from pakn_portal.submissions.reading.meanings import (
    COMPUTING_FIELDS,
    NUMBER_FIELDS,
    SILENT_FIELDS,
    judge_field,
    judge_unfinished_name,
)
from pakn_portal.submissions.reading.verdict import Reason, Refused, Seen

#: The end of a line or a paragraph within an instruction: some programs read a space, others nothing.
BREAK: Final = "\r"
#: A placeholder for the result of a nested field.
_HOLE: Final = "\ufffc"
_NUMBER_HOLE: Final = "\ufffb"
_HOLES: Final = f"[{_HOLE}{_NUMBER_HOLE}]"
_COMMAND: Final = re.compile(r"\bDDE(AUTO)?\b", re.IGNORECASE)
_NAME: Final = re.compile(rf"[^\w={_HOLE}{_NUMBER_HOLE}]*((?:=|\w|{_HOLES})(?:\w|{_HOLES})*)")
_WORD: Final = re.compile(r"\"([^\"]*)\"?|“([^”]*)”?|([^\s\x00-\x20\"“]+)")
_SWITCH: Final = re.compile(r"\\[a-z*@#!]", re.IGNORECASE)
_SWITCHES_WITH_A_WORD: Final = frozenset("lost*@#")
_PICTURE: Final = re.compile(r"\\[@#]")
#: For instructions in a text that may be none: longer ones are not instructions, and random bytes may begin
#: with two letters that are a field name, but not with six fitting characters.
_LONGEST: Final = 2000
_LIKELY: Final = re.compile(
    rf"[\s\"“]*(?:=|(?:[a-z]|{_HOLES})+(?=$|[\s\"“\\]|{_HOLES}))"
    rf"(?:(?:[ -~\s“”]|{_HOLES}){{4}}|(?:[ -~\s“”]|{_HOLES}){{0,3}}$)",
    re.IGNORECASE,
)


class _Field:
    __slots__ = ("is_result", "pieces", "stands_for")

    def __init__(self) -> None:
        self.pieces: list[str | _Field] = []
        self.is_result = False
        #: What it contributes to the instruction around it.
        self.stands_for = ""


class Fields:
    """Call `begin`, `separate` and `end` as they occur, and pass the text between them. Adds to `seen`;
    raises Refused for what runs commands.

    If `is_exact` is false, the text is a guess, and what looks like a field may be none.
    """

    def __init__(self, seen: set[Seen], *, is_exact: bool = True) -> None:
        self._seen = seen
        self._is_exact = is_exact
        self._stray = _Field()
        self._open = [self._stray]
        #: The open fields whose instruction is not complete yet.
        self._instructed: list[_Field] = []

    def begin(self) -> None:
        field = _Field()
        if self._instructed:
            self._instructed[-1].pieces.append(field)
        self._open.append(field)
        self._instructed.append(field)

    def separate(self) -> None:
        field = self._open[-1]
        if self._instructed and self._instructed[-1] is field:
            self._instructed.pop()
            field.is_result = True

    def end(self) -> None:
        if len(self._open) > 1:
            self.separate()
            self._judge(self._open.pop())

    def instruct(self, words: str) -> None:
        """Text that is marked as an instruction, wherever it is."""
        self._open[-1].pieces.append(words)

    def show(self, words: str) -> None:
        """Text of the letter: the result of a field is part of the instruction around it."""
        if words and self._instructed:
            self._instructed[-1].pieces.append(words)

    def close(self) -> None:
        """The text has ended."""
        while self._open:
            self._judge(self._open.pop())

    def _judge(self, field: _Field) -> None:
        if not field.pieces:
            return
        text = "".join(piece if isinstance(piece, str) else piece.stands_for for piece in field.pieces)
        field.pieces.clear()
        if not self._is_exact:
            text = text[:_LONGEST]
            if not _LIKELY.match(text):
                return
        name = self._judge_text(text)
        if BREAK in text:
            self._judge_text(text.replace(BREAK, ""))
        field.stands_for = self._hole(name, text)

    def _judge_text(self, text: str) -> str:
        """The name of the field, in capitals."""
        if self._is_exact and _COMMAND.search(text):
            raise Refused(Reason.COMMANDS)
        name, rest = _split(text)
        if _has_hole(name):
            beginning = re.split(_HOLES, name)[0]
            judge_unfinished_name(beginning, is_number=_HOLE not in name, seen=self._seen)
            name, rest = _split(re.sub(_HOLES, "", text))  # and as it was when it was saved
        judge_field(name, _address(rest), self._seen)
        return name

    def _hole(self, name: str, text: str) -> str:
        if not name or name in SILENT_FIELDS:
            return ""
        if name in NUMBER_FIELDS and not _PICTURE.search(text):
            return _NUMBER_HOLE
        # any word may be the name of a bookmark, if the text is exact
        return _HOLE if self._is_exact or name in COMPUTING_FIELDS | NUMBER_FIELDS else ""


def _split(text: str) -> tuple[str, str]:
    found = _NAME.match(text)
    return (found[1].upper(), text[found.end() :]) if found else ("", "")


def _has_hole(name: str) -> bool:
    return _HOLE in name or _NUMBER_HOLE in name


def _address(words: str) -> str:
    """The first word that is neither a switch nor the argument of one."""
    is_of_switch = False
    for found in _WORD.finditer(words):
        word = found[1] or found[2] or found[3] or ""
        if found[3] and _SWITCH.fullmatch(word):
            is_of_switch = word[1].lower() in _SWITCHES_WITH_A_WORD
        elif is_of_switch:
            is_of_switch = False
        else:
            return word
    return ""
