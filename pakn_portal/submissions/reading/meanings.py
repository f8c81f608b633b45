"""What parts, fields and records of office files mean, by name and number: one table for old and new formats.

The readers find them; here we decide what they mean.
"""

from __future__ import annotations

import re
from typing import Final

from pakn_portal.submissions.reading.addresses import is_worth_a_click
from pakn_portal.submissions.reading.verdict import Reason, Refused, Seen

#: Names and numbers of what fetches from elsewhere, or of what is neither text nor figures.
FETCHING_FIELDS: Final = frozenset(
    {"INCLUDEPICTURE", "INCLUDETEXT", "INCLUDE", "IMPORT", "RD", "DATABASE", "LINK"}
)
COMMAND_FIELDS: Final = frozenset({"DDE", "DDEAUTO"})
LINK_FIELD: Final = "HYPERLINK"
#: Fields without a visible result.
SILENT_FIELDS: Final = frozenset({"SET", "ASK", "TC", "XE", "TA", "NEXT", "NEXTIF", "SKIPIF", "PRIVATE"})
#: Fields that show a number or a date, unless a format (`\\@`, `\\#`) adds text to it.
NUMBER_FIELDS: Final = frozenset(
    {"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF", "SEQ", "AUTONUM", "LISTNUM", "DATE", "TIME"}
    | {"CREATEDATE", "SAVEDATE", "PRINTDATE", "EDITTIME", "REVNUM", "NUMWORDS", "NUMCHARS", "FILESIZE"}
)
#: Fields whose result may be any text; an unknown name is a bookmark and shows its text.
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
#: In the names of parts, their types and their relationships, all in lower case.
MACROS: Final = re.compile(r"vbaproject|vbadata|macrosheet|macroenabled")
HINTS: Final = (
    (
        Seen.EMBEDDED,
        re.compile(r"/embeddings/|activex|oleobject|/afchunk\b|/control\b|relationships/package\b"),
    ),
    (Seen.EXTERNAL, re.compile(r"/externallinks?(/|\+|$)|/connections$|[./]connections\+|querytable")),
    (Seen.ACTIVE, re.compile(r"webextension")),
)
#: Records of an old workbook: queries of databases, the web and text files, connections, real-time data.
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
    """A link that opens only when clicked."""
    if not is_worth_a_click(address):
        seen.add(Seen.EXTERNAL)


def judge_reference(name: str, seen: set[Seen]) -> None:
    """A reference to the cells of a sheet: the name of a sheet has no slash or backslash, a path has."""
    if _LEADS_OUT.match(name) or _PATH_IN_QUOTES.match(name):
        seen.add(Seen.EXTERNAL)


def judge_field(name: str, address: str, seen: set[Seen]) -> None:
    """A field of a letter by its name in capitals; `address` is its first argument."""
    if name in COMMAND_FIELDS:
        raise Refused(Reason.COMMANDS)
    if name in FETCHING_FIELDS:
        seen.add(Seen.EXTERNAL)
    elif name == LINK_FIELD:
        judge_link(address, seen)


def judge_unfinished_name(beginning: str, *, is_number: bool, seen: set[Seen]) -> None:
    """A field whose name is computed by another field: decide by the names that it could become.

    Refused if that may be a command; with a number as the rest it cannot be one, but its meaning is unknown.
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
