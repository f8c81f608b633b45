"""What an environment is made of: exact versions with the hash of each file, and no place to get one from."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.source import ROOT

LOCKS = sorted((ROOT / "requirements").glob("lock-*.txt"))
ENTRY = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ]+) \\\n(?P<hashes>(?:    --hash=\S+(?: \\)?\n)+)", re.M
)


def entries(lock: Path) -> dict[str, tuple[str, str]]:
    found = ENTRY.finditer(lock.read_text())
    return {canonicalize_name(entry["name"]): (entry["version"], entry["hashes"]) for entry in found}


def requirements() -> dict[str, Requirement]:
    metadata = configparser.ConfigParser()
    metadata.read(ROOT / "setup.cfg")
    lines = metadata["options"]["install_requires"].splitlines()
    found = [Requirement(line) for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(requirement.name): requirement for requirement in found}


def test_there_is_one_for_each_environment() -> None:
    assert [lock.stem for lock in LOCKS] == ["lock-demo", "lock-lts", "lock-new", "lock-test"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_version_is_exact_and_has_its_hashes(lock: Path) -> None:
    rest = ENTRY.sub("", lock.read_text())
    assert [line for line in rest.splitlines() if not line.startswith("#")] == []
    for name, (_version, hashes) in entries(lock).items():
        assert re.fullmatch(r"(    --hash=sha256:[0-9a-f]{64}( \\)?\n)+", hashes), name


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_no_lock_names_a_host(lock: Path) -> None:
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host| @ ", lock.read_text())


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_lock_stays_in_the_ranges_of_the_package(lock: Path) -> None:
    locked = entries(lock)
    for name, requirement in requirements().items():
        assert requirement.specifier.contains(locked[name][0]), requirement


def test_no_portal_is_downgraded_and_no_known_hole_is_let_in() -> None:
    ranges = {name: requirement.specifier for name, requirement in requirements().items()}
    for version in ("5.2.17", "5.2.19", "6.0.8", "6.0.10", "6.1.3"):
        assert ranges["django"].contains(version)
    for version in ("5.2", "5.2.16", "6.0", "6.0.0", "6.0.7", "7.0"):
        assert not ranges["django"].contains(version)
    for version, fits in (("7.4.1", False), ("7.4.2", True), ("8.0.1", True), ("9.0", False)):
        assert ranges["wagtail"].contains(version) is fits


def test_each_environment_is_made_with_hashes() -> None:
    assert "--require-hashes" in (ROOT / "scripts" / "make_venv.sh").read_text()
