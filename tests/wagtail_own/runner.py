"""Django's test runner, which also writes the outcome of each test into the file that `OUTCOMES` names."""

from __future__ import annotations

import json
import os
import unittest
from pathlib import Path
from typing import Any

from django.test.runner import DiscoverRunner


class OutcomeRunner(DiscoverRunner):
    def run_suite(self, suite: unittest.TestSuite, **options: Any) -> unittest.TestResult:
        outcomes = dict.fromkeys(_names(suite), "passed")
        result: unittest.TestResult = super().run_suite(suite, **options)
        for kind in ("skipped", "failures", "errors"):
            outcomes |= {_name(test): kind for test, _why in getattr(result, kind)}
        Path(os.environ["OUTCOMES"]).write_text(json.dumps(outcomes))
        return result


def _names(suite: unittest.TestSuite) -> list[str]:
    """Asked before the run, which lets go of each test that is done."""
    found: list[str] = []
    for each in suite:
        found += _names(each) if isinstance(each, unittest.TestSuite) else [_name(each)]
    return found


def _name(test: Any) -> str:
    """A test that fails within `subTest` counts as one that fails."""
    return str(getattr(test, "test_case", test).id())
