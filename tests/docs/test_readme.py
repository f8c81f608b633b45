from __future__ import annotations

import configparser
import json
import re

from pakn_portal.conf import DEFAULTS
from tests.docs.pages import ROOT, code, codes, names, tables

README = ROOT / "README.md"
PEOPLE = ROOT / "example_site" / "demo" / "content" / "people.json"
ACCOUNTS = [
    "vanphong", "daumoi", "chuyenvien", "lanhdaodonvi", "chuyenvien2",
    "bientap", "bientap2", "thanhtra", "kiemtoan", "phapche", "lanhdaobo", "quantri",
]  # fmt: skip


def test_it_begins_with_the_two_commands() -> None:
    first = re.search(r"```\w*\n(.*?)```", README.read_text(), re.S)
    assert first is not None
    assert [line.split()[1] for line in first[1].splitlines() if line.startswith("make ")] == ["demo", "test"]
    assert README.read_text()[: first.start()].count("\n") <= 4


def test_the_accounts_are_those_of_the_example() -> None:
    listed = [name for row in tables(README, "Try it") for name in codes(row[0]) if "/" not in name]
    assert sorted(listed) == sorted(ACCOUNTS)
    people = {person["username"] for person in json.loads(PEOPLE.read_text())}
    assert set(listed) <= people


def test_versions_are_those_of_the_package() -> None:
    metadata = configparser.ConfigParser()
    metadata.read(ROOT / "setup.cfg")
    lines = [
        line for line in metadata["options"]["install_requires"].splitlines() if not line.startswith("#")
    ]
    extras = metadata["options.extras_require"]
    lines += extras["elasticsearch"].splitlines() + extras["postgres"].splitlines()
    ranges = {re.split(r"[><=]", line)[0].lower(): line for line in lines if line}
    rows = {code(row[0]).lower(): code(row[1]) for row in tables(README, "Versions")}
    assert rows["python"] == metadata["options"]["python_requires"]
    for name, told in rows.items():
        if name != "python":
            assert f"{name}{told}" == ranges[name].lower()


def test_every_make_target_is_told_and_exists() -> None:
    makefile = (ROOT / "Makefile").read_text()
    told = {name.split()[1] for name in names(README, "Develop") if name.startswith("make ")}
    targets = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.M))
    assert told == targets - {"help"}


def test_the_readme_names_only_settings_that_exist() -> None:
    used = re.findall(r"PAKN_PORTAL = \{(.*?)\n\}", README.read_text(), re.S)
    keys = [key for block in used for key in re.findall(r'^    "([A-Z_]+)"', block, re.M)]
    assert keys != []
    assert set(keys) <= set(DEFAULTS)
