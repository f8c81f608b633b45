from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, RANK, package_of, python_files


def imported_modules(path: Path) -> list[tuple[int, str]]:
    """Line and dotted name of each import, those inside functions and under TYPE_CHECKING too."""
    found: list[tuple[int, str]] = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [(node.lineno, name) for name in names_of(node, path)]
    return found


def names_of(node: ast.ImportFrom, path: Path) -> list[str]:
    base = base_of(node, path)
    return [f"{base}.{alias.name}" for alias in node.names] if base == "pakn_portal" else [base]


def base_of(node: ast.ImportFrom, path: Path) -> str:
    """Whence it imports, as a dotted name, however many points it begins with."""
    if not node.level:
        return node.module or ""
    parents = path.relative_to(PACKAGE.parent).with_suffix("").parts[: -node.level]
    return ".".join([*parents, *([node.module] if node.module else [])])


def looks_right(path: Path) -> list[str]:
    own = package_of(path)
    wrong = []
    for line, name in imported_modules(path):
        if not name.startswith("pakn_portal."):
            continue
        target = name.split(".")[1]
        if target == own:
            continue
        if RANK[target] >= RANK[own]:
            wrong.append(
                f"{path.relative_to(PACKAGE.parent)}:{line}: {own} imports {name}, which lies to its right"
            )
    return wrong


def test_every_import_looks_left() -> None:
    files = [path for path in python_files() if path != PACKAGE / "__init__.py"]
    assert [line for path in files for line in looks_right(path)] == []


def test_no_files_need_one_another() -> None:
    """No circle of files, also not one of imports for types or inside functions."""
    assert circles(imports_of_files()) == []


#: Rooms beside each other that still need one another: such a circle is read as one large room. What is
#: mended is taken off, and nothing is added.
ENTANGLED = {
    "notifications": {"by_hand", "outbox", "petition"},
    "pages": {"tracking", "views"},
    "pages.answers": {"cms", "page", "releasing", "saving"},
    "search": {"engines", "index"},
    "search.engines": {"base", "database", "numbers"},
    "staff": {"cases", "kept_words", "notices"},
}


def test_no_rooms_need_one_another() -> None:
    """A room is a folder, or a file beside folders. That no files do so does not keep their rooms apart."""
    imports = imports_of_files()
    folders = sorted({name.rpartition(".")[0] for name in imports if name.count(".") > 1})
    found = {
        folder.removeprefix("pakn_portal."): set().union(*turns)
        for folder in folders
        if (turns := circles(_rooms_of(folder, imports)))
    }
    assert found == ENTANGLED


def _rooms_of(folder: str, imports: dict[str, set[str]]) -> dict[str, set[str]]:
    """What lies in this folder → its neighbours there that it imports."""

    def room(name: str) -> str:
        return name.removeprefix(f"{folder}.").partition(".")[0] if name.startswith(f"{folder}.") else ""

    rooms: dict[str, set[str]] = {room(name): set() for name in imports if room(name)}
    for name, imported in imports.items():
        if own := room(name):
            rooms[own] |= {room(one) for one in imported} - {own, ""}
    return rooms


def imports_of_files() -> dict[str, set[str]]:
    """Dotted name of each file → those of ours that it imports, whatever it does with them."""
    files = {_dotted(path): path for path in python_files()}
    found: dict[str, set[str]] = {}
    for name, path in files.items():
        imported: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                base = base_of(node, path)
                names = {f"{base}.{alias.name}" for alias in node.names}
                imported |= {one if one in files else base for one in names}
        found[name] = {one for one in imported if one in files and one != name}
    return found


def _dotted(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


def circles(graph: dict[str, set[str]]) -> list[frozenset[str]]:
    """Each set of names that all reach one another."""
    reached = {name: _reached(name, graph) for name in graph}
    groups = {
        frozenset({name, *(other for other in seen if name in reached[other])})
        for name, seen in reached.items()
        if name in seen
    }
    return sorted(groups, key=sorted)


def _reached(start: str, graph: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for name in graph[waiting.pop()] - seen:
            seen.add(name)
            waiting.append(name)
    return seen


@pytest.mark.parametrize(
    ("line", "where", "found"),
    [
        ("from pakn_portal.cases import models", "flow/graph.py", "pakn_portal.cases"),
        ("from ..cases import models", "flow/graph.py", "pakn_portal.cases"),
        ("from .moving import moving", "flow/graph.py", "pakn_portal.flow.moving"),
        ("from . import moving", "flow/graph.py", "pakn_portal.flow"),
    ],
)
def test_imports_are_read_however_they_are_written(line: str, where: str, found: str) -> None:
    node = ast.parse(line).body[0]
    assert isinstance(node, ast.ImportFrom)
    assert base_of(node, PACKAGE / where) == found


def test_circles_are_seen() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == [frozenset({"b", "c"})]


def test_every_module_has_its_place_in_the_order() -> None:
    names = {package_of(path) for path in python_files(migrations=True)} - {"__init__"}
    assert names - set(RANK) == set()


def test_search_never_reads_submissions() -> None:
    """The archive is public: no import may bring personal data near it."""
    reads = [
        (path.name, name)
        for path in python_files()
        if package_of(path) == "search"
        for _line, name in imported_modules(path)
        if name.startswith("pakn_portal.submissions")
    ]
    assert reads == []


def test_publication_knows_no_page() -> None:
    """It releases whatever says that it can be: an answer, a conclusion, a consultation."""
    uses = [
        (path.name, name)
        for path in python_files()
        if package_of(path) == "publication"
        for _line, name in imported_modules(path)
        if name.split(".")[0] == "wagtail"
    ]
    assert uses == []


#: What is written for petitions: another procedure has rooms of its own in their place.
OF_PETITIONS = {"submissions", "cases", "routing", "answers"}


@pytest.mark.parametrize("room", ["register", "flow", "publication"])
def test_what_serves_every_procedure_knows_no_petition(room: str) -> None:
    uses = [
        (path.name, name)
        for path in python_files()
        if package_of(path) == room
        for _line, name in imported_modules(path)
        if name.startswith("pakn_portal.") and name.split(".")[1] in OF_PETITIONS
    ]
    assert uses == []


def test_text_is_free_of_django() -> None:
    uses = [
        (path.name, name)
        for path in python_files()
        if package_of(path) == "text"
        for _line, name in imported_modules(path)
        if name.split(".")[0] in ("django", "wagtail")
    ]
    assert uses == []


@pytest.mark.parametrize("library", ["wagtail_modeladmin"])
def test_modeladmin_stays_in_staff(library: str) -> None:
    users = {
        package_of(path)
        for path in python_files()
        for _line, name in imported_modules(path)
        if name.split(".")[0] == library
    }
    assert users <= {"staff", "wagtail_hooks"}
