"""A word stands for one thing: no two files of the package call different things the same."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.architecture.source import PACKAGE, python_files

#: What means the same wherever it stands.
TWINS: Final = {
    "Command": "Django looks for a command's class by this name",
    "Progress": "`(done, total) -> None`, told as work goes on",
}
#: The values of these are no types.
_NO_TYPES: Final = {"TypeVar", "ParamSpec"}
_IS_TYPE_NAME: Final = re.compile(r"[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*")


def types_in(path: Path) -> Iterator[str]:
    """Names of the public classes and type aliases at the top of a file."""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign) and not _is_type_variable(node.value):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name))


def _is_type_variable(value: ast.expr | None) -> bool:
    called = value.func if isinstance(value, ast.Call) else None
    return isinstance(called, ast.Name) and called.id in _NO_TYPES


def defined_in() -> dict[str, list[str]]:
    """Name of each public type → the files that define one."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in python_files():
        for name in types_in(path):
            if _IS_TYPE_NAME.fullmatch(name):
                found[name].append(str(path.relative_to(PACKAGE)))
    return found


def test_no_two_files_define_a_type_of_one_name() -> None:
    twins = {name: files for name, files in defined_in().items() if len(files) > 1}
    assert {name: files for name, files in twins.items() if name not in TWINS} == {}


def test_every_twin_that_is_allowed_is_one() -> None:
    found = defined_in()
    assert [name for name in TWINS if len(found[name]) < 2] == []
