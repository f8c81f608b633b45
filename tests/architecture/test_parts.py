"""`make test` runs every test once, and again only where `tests/where.py` and the documentation say so."""

from __future__ import annotations

import itertools
import re
import tomllib

import pytest

from scripts.parts import EVERY, WHOLE, Part
from tests.architecture.source import ROOT
from tests.docs.pages import DOCS, names
from tests.fixtures.collected import COLLECTED
from tests.where import (
    AGAIN,
    ANY_HOUR,
    EVERY_DATABASE,
    EVERY_WAGTAIL,
    NEWEST,
    NO_WAGTAIL,
    ONE_SERVER,
    SAME_ON_EVERY_SERVER,
    SAME_ON_EVERY_WAGTAIL,
    UNMEASURED,
    markers_of,
)

NEEDS = ("browser", "postgresql", "elasticsearch")
PACE = ("slow", "exhaustive", "slow_secrets")
EXTEND = DOCS / "how-to" / "extend.md"


def expression(part: Part) -> str:
    return part.command[part.command.index("-m", part.command.index("pytest")) + 1]


def takes(part: Part, markers: set[str]) -> bool:
    """Whether pytest would choose a test with these markers: its expressions read as Python does."""
    words = set(re.findall(r"\w+", expression(part))) - {"and", "or", "not"}
    return bool(eval(expression(part), {}, {word: word in markers for word in words}))


def runs(parts: tuple[Part, ...], markers: set[str]) -> list[str]:
    return [part.title for part in parts if "pytest" in part.command and takes(part, markers)]


def places(part: Part) -> list[str]:
    """The files and folders that pytest is handed; none are all."""
    return [word for word in part.command[part.command.index("pytest") :] if word.startswith("tests/")]


def named(markers: set[str]) -> str:
    return "-".join(sorted(markers)) or "none"


def combinations(names: tuple[str, ...]) -> list[set[str]]:
    return [set(chosen) for size in range(len(names) + 1) for chosen in itertools.combinations(names, size)]


@pytest.mark.parametrize("needs", [set(), {"browser"}], ids=["no need", "browser"])
@pytest.mark.parametrize("pace", combinations(PACE), ids=lambda pace: "-".join(sorted(pace)) or "quick")
def test_what_needs_no_server_runs_exactly_once(needs: set[str], pace: set[str]) -> None:
    assert len(runs(EVERY, needs | pace)) == 1


@pytest.mark.parametrize(
    "needs", [{"postgresql"}, {"elasticsearch"}, {"postgresql", "elasticsearch"}], ids=named
)
@pytest.mark.parametrize("pace", [set(), {"slow"}, {"exhaustive"}], ids=named)
def test_what_needs_a_server_runs_with_it(needs: set[str], pace: set[str]) -> None:
    assert "PostgreSQL, and Elasticsearch 8" in runs(EVERY, needs | pace)


@pytest.mark.parametrize(
    ("marker", "title"),
    [
        (EVERY_DATABASE, "PostgreSQL, and Elasticsearch 8"),
        (EVERY_WAGTAIL, "Wagtail 7.4 LTS"),
        (NEWEST, "Newest Python and Django"),
    ],
)
def test_a_marker_brings_one_run_more(marker: str, title: str) -> None:
    assert runs(EVERY, {marker}) == sorted(["SQLite", title], key=[part.title for part in EVERY].index)


@pytest.mark.parametrize("needs", combinations(NEEDS), ids=lambda needs: "-".join(sorted(needs)) or "no need")
def test_the_whole_product_leaves_nothing_out(needs: set[str]) -> None:
    """With each of the three environments, whatever the pace of the test."""
    titles = runs(WHOLE, needs)
    for environment in ("Wagtail 8", "Wagtail 7.4 LTS", "Newest Python and Django"):
        assert [title for title in titles if title.startswith(environment)] != []
    assert titles == runs(WHOLE, needs | set(PACE))


def test_hours_and_dates_are_tried_in_both() -> None:
    """`make test` takes each test at one instant, `make test-all` at every one and at the hour of the run."""
    [short], [whole] = ([part for part in parts if "--at" in part.command] for parts in (EVERY, WHOLE))
    assert [part.command[part.command.index("--at") + 1] for part in (short, whole)] == ["in-turn", "each"]
    assert runs(EVERY, {ANY_HOUR}) == [short.title]
    assert takes(whole, {ANY_HOUR}) and not takes(whole, set())
    assert "Wagtail 8: SQLite" in runs(WHOLE, {ANY_HOUR})


def test_lint_is_a_part_of_both() -> None:
    assert EVERY[0].command[0] == WHOLE[0].command[0] == "scripts/lint.sh"


def test_browser_tests_have_two_workers() -> None:
    for part in (*EVERY, *WHOLE):
        if "browser" in part.title:
            assert part.command[part.command.index("-n") + 1] == "2"


def test_coverage_is_measured_once() -> None:
    """It costs half as much time again, so `make test-all` measures it, before a release."""
    assert [part.title for part in EVERY if "--cov" in part.command] == []
    assert [part.title for part in WHOLE if "--cov" in part.command] == ["Coverage"]


def test_the_slowest_are_printed() -> None:
    assert all("--durations=25" in part.command for part in (*EVERY, *WHOLE) if "pytest" in part.command)


def test_every_place_in_the_list_has_tests() -> None:
    for place in itertools.chain.from_iterable(AGAIN.values()):
        path = ROOT / place
        assert path.suffix == ".py" or path.is_dir(), place
        assert path.exists(), place
        assert path.is_file() or list(path.rglob("test_*.py")) != [], place


def test_the_list_marks_what_stands_in_it() -> None:
    assert set(markers_of("tests/staff/test_case_page.py", commits=False, browser=False)) == {
        EVERY_WAGTAIL,
        NEWEST,
    }
    assert set(markers_of("tests/text/test_folding.py", commits=False, browser=False)) == set()
    assert set(markers_of("tests/staffing/test_x.py", commits=False, browser=False)) == set()


@pytest.mark.parametrize("place", UNMEASURED)
def test_the_coverage_rests_in_tests_of_many_rounds(place: str) -> None:
    assert (ROOT / place).is_file()
    assert "no_cover" in markers_of(place, commits=False, browser=False)


@pytest.mark.parametrize("place", SAME_ON_EVERY_WAGTAIL)
def test_what_is_the_same_on_every_wagtail_waits_for_the_whole(place: str) -> None:
    assert (ROOT / place).is_file()
    markers = set(markers_of(place, commits=False, browser=False))
    assert {EVERY_WAGTAIL, NO_WAGTAIL} <= markers
    assert "Wagtail 7.4 LTS" not in runs(EVERY, markers)
    assert "Wagtail 7.4 LTS: SQLite" in runs(WHOLE, markers)


def test_what_opens_a_screen_says_so_itself_and_meets_every_wagtail() -> None:
    own = {EVERY_WAGTAIL}
    for place in SAME_ON_EVERY_WAGTAIL:
        markers = {*own, *markers_of(place, commits=False, browser=False, own=own)}
        assert "Wagtail 7.4 LTS" in runs(EVERY, markers), place


@pytest.mark.parametrize("place", SAME_ON_EVERY_SERVER)
def test_what_is_the_same_on_every_search_server_meets_one_of_them(place: str) -> None:
    assert (ROOT / place).is_file()
    markers = {"elasticsearch", *markers_of(place, commits=False, browser=False)}
    assert ONE_SERVER in markers
    assert "PostgreSQL, and Elasticsearch 8" in runs(EVERY, markers)
    assert "Elasticsearch 9" not in runs(EVERY, markers)
    assert "Wagtail 8: Elasticsearch 9" in runs(WHOLE, markers)


def test_what_commits_runs_on_every_database() -> None:
    """Races are told by their commits; a browser beside it is another matter."""
    assert set(markers_of("tests/text/test_folding.py", commits=True, browser=False)) == {EVERY_DATABASE}
    assert set(markers_of("tests/text/test_folding.py", commits=True, browser=True)) == set()


@pytest.mark.parametrize("marker", AGAIN)
def test_pytest_puts_the_markers_on(marker: str, request: pytest.FixtureRequest) -> None:
    for item in request.session.items:
        place = item.path.relative_to(ROOT).as_posix()
        if any(place == listed or place.startswith(f"{listed}/") for listed in AGAIN[marker]):
            assert item.get_closest_marker(marker) is not None, item.nodeid


@pytest.mark.parametrize("parts", [EVERY, WHOLE], ids=["test", "test-all"])
def test_a_part_is_handed_every_file_with_a_test_of_it(
    parts: tuple[Part, ...], request: pytest.FixtureRequest
) -> None:
    """Among all that was collected, so in `make test` among all there are."""
    for part in parts:
        if "pytest" not in part.command or not (handed := places(part)):
            continue
        left_out = {
            file
            for file, markers in request.config.stash[COLLECTED]
            if takes(part, set(markers))
            and not any(file == place or file.startswith(f"{place}/") for place in handed)
        }
        assert left_out == set(), part.title


def test_parts_of_few_tests_are_handed_few_files() -> None:
    few = [part.title for part in EVERY if "pytest" in part.command and places(part)]
    assert few == [part.title for part in EVERY if "pytest" in part.command][1:]
    assert places(next(part for part in EVERY if part.title == "SQLite")) == []


def test_the_documentation_lists_the_markers() -> None:
    assert names(EXTEND, "A test") == list(AGAIN)
    options = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]
    assert set(AGAIN) <= {line.split(":")[0] for line in options["markers"]}
