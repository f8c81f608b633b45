"""The environments that `make` sets up have what the package asks for."""

from __future__ import annotations

import re
from configparser import ConfigParser
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("lock-*.txt"))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_is_within_the_ranges_of_the_package(lock: Path) -> None:
    """A range that was moved without `make lock` would be tested with what it forbids."""
    pinned = dict(re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==([\w.+!-]+)", lock.read_text(), re.MULTILINE))
    config = ConfigParser(interpolation=None, comment_prefixes=("#",))
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    wanted = [Requirement(line) for line in config["options"]["install_requires"].split("\n") if line]
    assert wanted
    for each in wanted:
        assert pinned[canonicalize_name(each.name)] in each.specifier, each
