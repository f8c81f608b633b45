from __future__ import annotations

import ast

from tests.architecture.source import python_files
from tests.docs.pages import DOCS, PACKAGE, codes, tables

PAGE = DOCS / "how-to" / "operate.md"
#: A message of these levels wants somebody to do something.
LOUD = {"error", "exception", "critical"}


def test_every_logger_that_writes_errors_is_watched() -> None:
    watched = {name for row in tables(PAGE, "Monitoring") for name in codes(row[0])}
    assert sorted(loggers_of_errors() - watched) == []


def test_every_watched_logger_exists() -> None:
    watched = {name for row in tables(PAGE, "Monitoring") for name in codes(row[0])}
    named = {name for name in watched if name.startswith("pakn_portal.")}
    assert {name for name in named if not _file_of(name)} == set()


def loggers_of_errors() -> set[str]:
    found = set()
    for path in python_files():
        calls = [node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
        if any(isinstance(call, ast.Attribute) and _is_loud(call) for call in calls):
            found.add(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts))
    return found


def _is_loud(call: ast.Attribute) -> bool:
    return isinstance(call.value, ast.Name) and call.value.id == "logger" and call.attr in LOUD


def _file_of(name: str) -> bool:
    return PACKAGE.parent.joinpath(*name.split(".")).with_suffix(".py").exists()
