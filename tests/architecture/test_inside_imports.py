from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.source import PACKAGE, python_files

#: Why an import may stand elsewhere than at the top of its file. Nothing else is a reason: a circle of files
#: is a mistake of its own (test_imports). For types `if TYPE_CHECKING` says it already.
REASONS = frozenset(
    {
        "apps not loaded yet",  # the file is read before Django has its models
        "optional library",  # not installed on every site
        "optional app",  # it has models, so only where the site installed it
        "limits set first",  # it may grow, and the process must be bounded before
        "slow to load, seldom used",
    }
)
_COMMENT = re.compile(r"#\s*inside: ([a-z, ]+?)(?:, as .*)?$")


def without_reason(source: str) -> list[int]:
    """Lines of the imports inside a block without one of `REASONS`: at the end of the line, or in the comment
    above the first of several.
    """
    lines = source.splitlines()
    return [line for line in _inside(ast.parse(source)) if _reason(lines, line) not in REASONS]


def _inside(node: ast.AST, *, is_top: bool = True) -> list[int]:
    found: list[int] = []
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            found += [] if is_top else [child.lineno]
        elif isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            found += [
                line for other in child.orelse for line in _inside(ast.Module([other], []), is_top=False)
            ]
        else:
            found += _inside(child, is_top=False)
    return found


def _reason(lines: list[str], number: int) -> str:
    own = _said(lines[number - 1])
    above = number - 1
    while above and re.match(r"\s+(from|import)\b|\s*$", lines[above - 1]):
        above -= 1
    return own or (_said(lines[above - 1]) if above and lines[above - 1].lstrip().startswith("#") else "")


def _said(line: str) -> str:
    found = _COMMENT.search(line)
    return found[1].strip() if found else ""


def test_every_import_inside_a_block_says_why() -> None:
    unexplained = [
        f"{path.relative_to(PACKAGE.parent)}:{line}"
        for path in python_files()
        for line in without_reason(path.read_text())
    ]
    assert unexplained == []


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("import os", []),
        ("if TYPE_CHECKING:\n    import os", []),
        ("if TYPE_CHECKING:\n    import os\nelse:\n    import io", [4]),
        ("def f():\n    import os", [2]),
        ("def f():\n    import os  # inside: optional library", []),
        ("def f():\n    import os  # inside: because", [2]),
        ("def f():\n    # inside: apps not loaded yet\n    import a\n\n    import b", []),
        ("def f():\n    import a  # inside: optional app\n    import b", [3]),
        ("def f():\n    # inside: limits set first, as it grows\n    import a", []),
        ("try:\n    import a\nexcept ImportError:\n    import b", [2, 4]),
        ("class A:\n    def f(self):\n        from a import b", [3]),
    ],
)
def test_an_import_without_a_reason_is_found(source: str, lines: list[int]) -> None:
    assert without_reason(source) == lines
