from __future__ import annotations

import ast
import re
from configparser import ConfigParser
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, ROOT, python_files

FORBIDDEN_NAMES = {"utils", "helpers", "helper", "common", "misc", "util"}
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
TEXT_SUFFIXES = {".py", ".html", ".txt", ".css", ".js", ".md", ".toml", ".cfg"}
FOLDERS = ("pakn_portal", "example_site", "tests", "bench", "scripts", "docs")


def own_files() -> list[Path]:
    return [
        path
        for folder in FOLDERS
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file() and path.suffix in TEXT_SUFFIXES and path != Path(__file__)
    ]


def test_no_file_is_called_utils() -> None:
    names = [path for path in PACKAGE.rglob("*") if path.name.split(".")[0] in FORBIDDEN_NAMES]
    assert names == []


def test_nothing_is_left_unfinished() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in own_files()
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert found == []


def test_every_function_says_its_types() -> None:
    """mypy checks the types; this tells a missing one in a second, with the line."""
    bare = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.name}"
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns is None
    ]
    assert bare == []


def test_templates_hold_no_inline_script_or_style() -> None:
    """A portal with a strict Content-Security-Policy must be able to take the section as it is."""
    pattern = re.compile(
        r"<script(?![^>]*\b(src=|type=\"application/(ld\+)?json\"))|<style|\sstyle=|\son[a-z]+=\"", re.I
    )
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for folder in (PACKAGE, ROOT / "example_site")
        for path in sorted(folder.rglob("*.html"))
        if "mail" not in path.parts
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


def folders_with_code() -> set[Path]:
    return {path.parent for path in python_files(migrations=True)}


def test_every_folder_with_code_is_a_package() -> None:
    """Without `__init__.py` it is imported from a checkout, and missing from what is installed."""
    bare = [str(folder) for folder in folders_with_code() if not (folder / "__init__.py").exists()]
    assert bare == []


def test_a_wheel_has_every_package() -> None:
    setuptools = pytest.importorskip("setuptools")
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg")
    include = setup["options.packages.find"]["include"].split()
    names = {".".join(folder.relative_to(ROOT).parts) for folder in folders_with_code()}
    assert sorted(names - set(setuptools.find_packages(str(ROOT), include=include))) == []


@pytest.mark.parametrize(
    ("code", "place"),
    [
        # whoever deletes a row of a file deletes its bytes once that is committed, by `drop_bytes`
        ("storage.delete,", "submissions/storage.py"),
        # what a line of the register tells of files, by `file_keys`
        ('.get("files", ())', "cases/files.py"),
    ],
)
def test_what_is_asked_of_files_stands_once(code: str, place: str) -> None:
    assert [str(path.relative_to(PACKAGE)) for path in python_files() if code in path.read_text()] == [place]
