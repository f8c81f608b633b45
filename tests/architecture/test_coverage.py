"""What is left unwalked is little, and each place that is left out says why."""

from __future__ import annotations

import configparser
import re

from tests.architecture.source import PACKAGE, ROOT

MOST = 20
NO_COVER = re.compile(r"#.*\bno cover\b(?P<reason>.*)")


def test_few_places_are_left_out_and_each_says_why() -> None:
    found = [
        (path.relative_to(ROOT), match["reason"])
        for path in sorted(PACKAGE.rglob("*.py"))
        for match in NO_COVER.finditer(path.read_text())
    ]
    assert len(found) <= MOST
    assert [place for place, reason in found if not re.match(r": \w+ \w+", reason)] == []


def test_the_bound_is_high_and_branches_count() -> None:
    metadata = configparser.ConfigParser()
    metadata.read(ROOT / "setup.cfg")
    assert metadata["coverage:report"].getint("fail_under") >= 95
    assert metadata["coverage:run"].getboolean("branch")
    assert metadata["coverage:run"]["source"] == "pakn_portal"
    assert metadata["coverage:run"]["omit"] == "pakn_portal/migrations/*"
