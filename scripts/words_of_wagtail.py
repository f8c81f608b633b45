"""What `pakn_portal.wagtail_vietnamese` and the catalogues of a Wagtail say of each other.

`PYTHON -m scripts.words_of_wagtail` prints for the Wagtail of that environment which words of ours it dropped
and which of its own have no Vietnamese yet; `--write` makes the script that brings our words for its scripts.
Run it in each environment that a change of Wagtail touches, `.venv` and `.venv-lts`.
"""

from __future__ import annotations

import argparse
import ast
import gettext
import json
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Final

import django
import wagtail
import wagtail_modeladmin

ROOT: Final = Path(__file__).resolve().parent.parent
OURS: Final = ROOT / "pakn_portal" / "wagtail_vietnamese" / "locale" / "vi" / "LC_MESSAGES"
DOMAINS: Final = ("django", "djangojs")
_LINE: Final = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr)(?:\[0\])? (".*")$')

BUILT: Final = OURS.parents[2] / "static" / "wagtail_vietnamese" / "words.vi.js"
SCRIPT: Final = """\
// Made by scripts/words_of_wagtail.py of locale/vi/LC_MESSAGES/djangojs.po: change that.
'use strict';
window.django = window.django || {};
window.django.catalog = Object.assign(window.django.catalog || {}, %s);
"""

Message = tuple[str, str]  # context, message


def read(path: Path) -> dict[Message, str]:
    """The messages of a `.po` file with the first form of their translation."""
    found: dict[Message, str] = {}
    entry: dict[str, str] = {}
    part = ""
    lines = path.read_text().splitlines() if path.exists() else []
    for line in [*lines, 'msgid ""']:
        if line.startswith("msgstr[") and not line.startswith("msgstr[0]"):
            part = "other form"
        elif match := _LINE.match(line):
            name = match[1]
            if name == "msgctxt" or (name == "msgid" and part != "msgctxt"):
                found[entry.get("msgctxt", ""), entry.get("msgid", "")] = entry.get("msgstr", "")
                entry = {}
            entry[name], part = ast.literal_eval(match[2]), name
        elif line.startswith('"') and part in entry:
            entry[part] += ast.literal_eval(line)
    found.pop(("", ""), None)
    return found


def theirs(domain: str, *packages: ModuleType) -> dict[Message, str]:
    """Each message of these packages with their Vietnamese, empty where they have none."""
    found: dict[Message, str] = {}
    for package in packages:
        for english in Path(str(package.__file__)).parent.rglob(f"en/LC_MESSAGES/{domain}.po"):
            vietnamese = read(english.parents[2] / "vi" / "LC_MESSAGES" / english.name)
            for message in read(english):
                found[message] = found.get(message) or vietnamese.get(message, "")
    return found


def dropped(domain: str) -> set[Message]:
    """Words of ours that this Wagtail does not say, nor Django, which counts times in the admin."""
    return set(read(OURS / f"{domain}.po")) - set(theirs(domain, wagtail, wagtail_modeladmin, django))


def lacking(domain: str) -> set[Message]:
    """Words of this Wagtail without Vietnamese: neither its own, nor ours, nor that of Django beneath it."""
    ours, beneath = read(OURS / f"{domain}.po"), theirs(domain, django)
    said = theirs(domain, wagtail, wagtail_modeladmin)
    return {
        message
        for message, vietnamese in said.items()
        if not (vietnamese or beneath.get(message)) and message not in ours
    }


def script() -> str:
    """What adds our words for scripts to the catalogue that Wagtail's own made before."""
    catalogue = gettext.GNUTranslations((OURS / "djangojs.mo").open("rb"))._catalog  # type: ignore[attr-defined]
    words: dict[str, str | list[str]] = {}
    for message, vietnamese in sorted(catalogue.items(), key=str):
        if isinstance(message, tuple):  # with its number; Vietnamese has one form
            words[message[0]] = [vietnamese]
        elif message:
            words[message] = vietnamese
    return SCRIPT % json.dumps(words, ensure_ascii=False, indent=2, sort_keys=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.words_of_wagtail", description=__doc__)
    parser.add_argument("--write", action="store_true", help="make the script anew")
    options = parser.parse_args()
    for domain in DOMAINS:
        for _context, message in sorted(dropped(domain)):
            print(f"dropped by Wagtail {wagtail.__version__} ({domain}): {message!r}")
        for _context, message in sorted(lacking(domain)):
            print(f"no Vietnamese ({domain}): {message!r}")
    if options.write:
        BUILT.parent.mkdir(parents=True, exist_ok=True)
        BUILT.write_text(script())
    return 0


if __name__ == "__main__":
    sys.exit(main())
