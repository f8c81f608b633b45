from __future__ import annotations

import re

import pytest
from django.core.management import get_commands, load_command_class

from pakn_portal.management.worker import STEPS
from tests.docs.pages import DOCS, PACKAGE, names, section, tables

PAGE = DOCS / "reference" / "commands.md"
COMMANDS = sorted(path.stem for path in (PACKAGE / "management" / "commands").glob("[!_]*.py"))


def test_every_command_is_in_the_table_and_nothing_else() -> None:
    assert sorted(names(PAGE, "In one table")) == COMMANDS
    assert set(COMMANDS) <= set(get_commands())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_is_told(name: str) -> None:
    parser = load_command_class("pakn_portal", name).create_parser("manage.py", name)
    shared = {"--help", "--version", "--verbosity", "--settings", "--pythonpath", "--traceback", "--no-color"}
    shared |= {"--force-color", "--skip-checks"}
    own = {
        text for action in parser._actions for text in action.option_strings if text.startswith("--")
    } - shared
    told = set(re.findall(r"--[a-z][a-z-]*", section(PAGE, name)))
    assert own <= told
    assert told <= own | shared | {"--once"}


def test_every_step_of_the_worker_is_a_row_in_its_order() -> None:
    assert [row[0] for row in tables(PAGE, "pakn_worker")] == [step.name for step in STEPS]
