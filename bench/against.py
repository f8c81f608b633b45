"""A benchmark of this checkout beside the same one of another commit: `make bench AGAINST=COMMIT`.

Both run in turn, five times each (`RUNS`), with this checkout's packages and on the same servers; each commit
with its own benchmark. Of every number the medians stand beside each other. Exits with 1 where a time, a rate
or a count got worse by more than a tenth, or where relevance is lower.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
RUNS = 5
#: worse by more than this is slower
TOLERANCE = 0.10
#: relevance is told to four digits, and the same documents give the same number
RELEVANCE_TOLERANCE = 0.0001

TABLE_ROW = re.compile(r"^\| (?P<archive>[^|]+) \| (?P<what>[^|]+) \| (?P<result>[^|]+) \|$")
RESULT = re.compile(r"(?P<number>[\d,]+(?:\.\d+)?) (?P<unit>ms|s\b|a second)")
COUNT = re.compile(r"[\d,]+ \w+: (?P<number>[\d,]+)")
PAIR = re.compile(r"(?P<name>[\w@]+)=(?P<number>\d+(?:\.\d+)?)(?= |$)")
LABEL = re.compile(r"\b(?:engine|type|variant)=\S+")


@dataclass(frozen=True, slots=True)
class Measure:
    """What a number is called, and which way is better."""

    name: str
    more_is_better: bool = False
    tolerance: float = TOLERANCE


def main() -> int:
    options = _options()
    taken: dict[str, dict[Measure, list[float]]] = {"before": {}, "now": {}}
    with _checkout(options.commit) as before:
        places = {"before": before, "now": ROOT}
        for run in range(options.runs):
            # the other one first each time, so that neither has the warmer machine
            for which in ("before", "now") if run % 2 == 0 else ("now", "before"):
                print(f"run {run + 1} of {options.runs}: {which}", flush=True)
                for measure, number in read_numbers(_run(places[which], options.benchmark)):
                    taken[which].setdefault(measure, []).append(number)
    lines, worse = compare(taken["before"], taken["now"])
    print("\n".join(lines))
    return 1 if worse else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.against", description=__doc__)
    parser.add_argument("commit", help="what to compare with")
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("benchmark", nargs=argparse.REMAINDER, help="module and its arguments")
    return parser.parse_args()


@contextmanager
def _checkout(commit: str) -> Iterator[Path]:
    """The other commit in a folder of its own, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="against-") as folder:
        place = Path(folder) / "checkout"
        subprocess.run(
            ["git", "-C", str(ROOT), "worktree", "add", "--quiet", "--detach", str(place), commit], check=True
        )
        try:
            _compile_translations(place)
            yield place
        finally:
            subprocess.run(["git", "-C", str(ROOT), "worktree", "remove", "--force", str(place)], check=True)


def _compile_translations(place: Path) -> None:
    for catalogue in place.glob("pakn_portal/**/*.po"):
        subprocess.run(["msgfmt", "-o", catalogue.with_suffix(".mo"), catalogue], check=True)


def _run(place: Path, benchmark: list[str]) -> str:
    """What it printed; the folder stands first on the path, before the package that is installed."""
    done = subprocess.run(
        [sys.executable, "-m", *benchmark],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(place)},
        stdout=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        print(done.stdout)
        raise SystemExit(f"the benchmark ended with {done.returncode} in {place}")
    return done.stdout


def read_numbers(output: str) -> Iterator[tuple[Measure, float]]:
    """Every number of both benchmarks: rows of the table of `bench`, lines of `bench.relevance`."""
    for line in output.splitlines():
        if row := TABLE_ROW.match(line):
            yield from _of_table(f"{row['archive']}, {row['what']}", row["result"])
        elif line.startswith(("engine=", "time engine=")):
            yield from _of_line(line)


def _of_table(name: str, result: str) -> Iterator[tuple[Measure, float]]:
    if found := RESULT.search(result):
        yield Measure(name, more_is_better=found["unit"] == "a second"), _number(found["number"])
        return
    # with one row and with many: the greatest is the one to watch
    counts = [_number(found["number"]) for found in COUNT.finditer(result)]
    if counts:
        yield Measure(name), max(counts)


def _of_line(line: str) -> Iterator[tuple[Measure, float]]:
    label = " ".join(LABEL.findall(line))
    for pair in PAIR.finditer(LABEL.sub("", line)):
        if "@" in pair["name"]:
            yield Measure(f"{label} {pair['name']}", True, RELEVANCE_TOLERANCE), float(pair["number"])
        elif "_ms_" in pair["name"]:
            yield Measure(f"{label} {pair['name']}"), float(pair["number"])


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def compare(
    before: dict[Measure, list[float]], now: dict[Measure, list[float]]
) -> tuple[list[str], list[Measure]]:
    """A table of medians, and what got worse. What only one of both measures is judged by nobody."""
    medians: defaultdict[Measure, dict[str, float]] = defaultdict(dict)
    for which, numbers in (("before", before), ("now", now)):
        for measure, each in numbers.items():
            medians[measure][which] = median(each)
    lines = ["", "| what | before | now | now / before | |", "| --- | ---: | ---: | ---: | --- |"]
    worse = []
    for measure, pair in medians.items():
        if len(pair) < 2:
            lines.append(
                f"| {measure.name} | {pair.get('before', '')} | {pair.get('now', '')} | | only one |"
            )
            continue
        judged = "worse" if is_worse(measure, **pair) else ""
        worse += [measure] if judged else []
        ratio = f"{pair['now'] / pair['before']:.2f}" if pair["before"] else ""
        lines.append(f"| {measure.name} | {pair['before']:g} | {pair['now']:g} | {ratio} | {judged} |")
    lines.append(f"\n{len(worse)} of {len(medians)} worse")
    return lines, worse


def is_worse(measure: Measure, before: float, now: float) -> bool:
    if measure.tolerance == RELEVANCE_TOLERANCE:
        return now < before - RELEVANCE_TOLERANCE
    if measure.more_is_better:
        return now < before * (1 - measure.tolerance)
    return now > before * (1 + measure.tolerance)


if __name__ == "__main__":
    sys.exit(main())
