"""`make test` and `make demo` end with all that they have started, however they are ended themselves."""

from __future__ import annotations

import os
import shutil
import signal
import sys

import pytest

from tests.fixtures.runs import Run, StartRun

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc"),
    pytest.mark.skipif(shutil.which("make") is None, reason="needs make"),
]
TARGETS = ("test", "demo")
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def one_for_each_signal(target: str, start_run: StartRun) -> list[tuple[signal.Signals, Run]]:
    """They come up side by side, and end so, for most of that is waiting."""
    runs = [(number, start_run(target)) for number in SIGNALS]
    return [(number, up(run)) for number, run in runs]


def up(run: Run) -> Run:
    assert run.is_up(), (run.folder / "log.txt").read_text()
    assert len(run.running()) > 4
    return run


@pytest.mark.parametrize("target", TARGETS)
def test_a_signal_to_make_alone_ends_everything(target: str, start_run: StartRun) -> None:
    runs = one_for_each_signal(target, start_run)
    for number, run in runs:
        os.kill(run.process.pid, number)
    for number, run in runs:
        assert run.is_gone(), (number, run.running())


def test_a_signal_to_what_make_runs_ends_everything(start_run: StartRun) -> None:
    runs = one_for_each_signal("demo", start_run)
    for number, run in runs:
        os.kill(run.guard(), number)
    for number, run in runs:
        assert run.is_gone(), (number, run.running())
        assert run.process.wait(60) != 0


def test_after_a_killed_make_nothing_stays_either(start_run: StartRun) -> None:
    run = up(start_run("demo"))
    run.process.kill()
    assert run.is_gone(), run.running()


@pytest.mark.parametrize("target", TARGETS)
def test_the_next_run_ends_what_a_killed_one_left(target: str, start_run: StartRun) -> None:
    killed = up(start_run(target))
    os.kill(killed.guard(), signal.SIGKILL)
    assert killed.process.wait(60) != 0
    assert killed.running() != {}
    other = up(start_run("demo"))
    assert killed.is_gone(), killed.running()
    assert len(other.running()) > 4


def test_a_run_leaves_another_alone(start_run: StartRun) -> None:
    first, second = up(start_run("demo")), up(start_run("demo"))
    os.kill(second.process.pid, signal.SIGTERM)
    assert second.is_gone()
    assert len(first.running()) > 4
