"""`python -m tests.text.sentences`: the table; with `missed`, what was missed or false."""

from __future__ import annotations

import sys

from tests.text.sentences import false_finds, missed, sentences, table

print("\n".join(table()))
if "missed" in sys.argv:
    for sentence in sentences():
        if not sentence.is_held_back and (problems := [missed(sentence), false_finds(sentence)]) != [[], []]:
            print(sentence.kind, "|", sentence.text, "| missed", problems[0], "| false", problems[1])
