"""What the things inside office files mean, by their names and numbers: one table for old formats and new.

Who reads a format finds the things; what is thought of them stands here.
"""

from __future__ import annotations

import re
from typing import Final

from pakn_portal.submissions.reading.addresses import is_worth_a_click
from pakn_portal.submissions.reading.verdict import Reason, Refused, Seen

#: Names and numbers of what fetches from elsewhere, or is another thing than words and figures.
FETCHING_FIELDS: Final = frozenset(
    {"INCLUDEPICTURE", "INCLUDETEXT", "INCLUDE", "IMPORT", "RD", "DATABASE", "LINK"}
)
COMMAND_FIELDS: Final = frozenset({"DDE", "DDEAUTO"})
LINK_FIELD: Final = "HYPERLINK"
#: Fields that show nothing.
SILENT_FIELDS: Final = frozenset({"SET", "ASK", "TC", "XE", "TA", "NEXT", "NEXTIF", "SKIPIF", "PRIVATE"})
#: Fields that show a number or a date, so long as no picture (`\\@`, `\\#`) puts words into it.
NUMBER_FIELDS: Final = frozenset(
    {"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF", "SEQ", "AUTONUM", "LISTNUM", "DATE", "TIME"}
    | {"CREATEDATE", "SAVEDATE", "PRINTDATE", "EDITTIME", "REVNUM", "NUMWORDS", "NUMCHARS", "FILESIZE"}
)
#: Fields whose words may be any; an unknown name is a bookmark and shows what it marks.
COMPUTING_FIELDS: Final = frozenset(
    {"QUOTE", "REF", "DOCPROPERTY", "DOCVARIABLE", "=", "IF", "COMPARE", "FORMULA", "MERGEFIELD", "FILLIN"}
    | {"INFO", "TITLE", "SUBJECT", "AUTHOR", "KEYWORDS", "COMMENTS", "LASTSAVEDBY", "FILENAME", "TEMPLATE"}
    | {"USERNAME", "USERINITIALS", "USERADDRESS", "STYLEREF", "AUTOTEXT", "AUTOTEXTLIST", "GLOSSARY"}
    | {"MACROBUTTON", "GOTOBUTTON", "SYMBOL", "FORMTEXT", "FORMDROPDOWN", "ADDRESSBLOCK", "GREETINGLINE"}
)

ELEMENTS: Final = {
    "altChunk": Seen.EMBEDDED,
    "OLEObject": Seen.EMBEDDED,
    "oleObject": Seen.EMBEDDED,
    "control": Seen.EMBEDDED,
    "oleLink": Seen.EXTERNAL,
    "webPr": Seen.EXTERNAL,
    "dbPr": Seen.EXTERNAL,
    "olapPr": Seen.EXTERNAL,
    "textPr": Seen.EXTERNAL,
    "connectString": Seen.EXTERNAL,
    "DataMashup": Seen.EXTERNAL,
    "webextension": Seen.ACTIVE,
    "script": Seen.ACTIVE,
}
#: In the names of parts, their types and their relationships, all in small letters.
MACROS: Final = re.compile(r"vbaproject|vbadata|macrosheet|macroenabled")
HINTS: Final = (
    (
        Seen.EMBEDDED,
        re.compile(r"/embeddings/|activex|oleobject|/afchunk\b|/control\b|relationships/package\b"),
    ),
    (Seen.EXTERNAL, re.compile(r"/externallinks?(/|\+|$)|/connections$|[./]connections\+|querytable")),
    (Seen.ACTIVE, re.compile(r"webextension")),
)
#: Records of an old workbook: queries of databases, the web and texts, connections, figures as they come.
RECORDS: Final = {
    0x00DC: Seen.EXTERNAL,
    0x01AD: Seen.EXTERNAL,
    0x0803: Seen.EXTERNAL,
    0x0805: Seen.EXTERNAL,
    0x080A: Seen.EXTERNAL,
    0x0813: Seen.EXTERNAL,
    0x0876: Seen.EXTERNAL,
}

_LEADS_OUT: Final = re.compile(r"'?\s*(\\\\|[a-z][a-z0-9+.-]+:[\\/])", re.IGNORECASE)
_PATH_IN_QUOTES: Final = re.compile(r"'[^']*[\\/]")


def judge_link(address: str, seen: set[Seen]) -> None:
    """A link that waits for a click."""
    if not is_worth_a_click(address):
        seen.add(Seen.EXTERNAL)


def judge_reference(name: str, seen: set[Seen]) -> None:
    """Whose cells a sheet asks for: no name of a sheet has a stroke that leans, a path has."""
    if _LEADS_OUT.match(name) or _PATH_IN_QUOTES.match(name):
        seen.add(Seen.EXTERNAL)


def judge_field(name: str, address: str, seen: set[Seen]) -> None:
    """A field of a letter by its name in capitals; `address` is what it names first."""
    if name in COMMAND_FIELDS:
        raise Refused(Reason.COMMANDS)
    if name in FETCHING_FIELDS:
        seen.add(Seen.EXTERNAL)
    elif name == LINK_FIELD:
        judge_link(address, seen)


def judge_unfinished_name(beginning: str, *, is_number: bool, seen: set[Seen]) -> None:
    """A field whose name is computed by another one: what could it come to?

    Refused where that may be a command; a number behind the beginning makes none, but nobody knows what was
    meant.
    """
    may_be = [name for name in (*COMMAND_FIELDS, *FETCHING_FIELDS, LINK_FIELD) if name.startswith(beginning)]
    if not may_be:
        return
    if COMMAND_FIELDS.isdisjoint(may_be):
        seen.add(Seen.EXTERNAL)
    elif is_number:
        seen.add(Seen.UNREAD)
    else:
        raise Refused(Reason.COMMANDS)
